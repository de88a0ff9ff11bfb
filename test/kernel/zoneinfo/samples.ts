import { fileURLToPath } from 'node:url';
import { readText } from '../../../kernel/files.ts';
import type { SourceText } from '../../../kernel/proc.ts';
import { type ProcFiles, readRealMachine, type RealMachine } from '../../../kernel/zoneinfo/realMachine.ts';

export const samplePath = (name: string): string =>
  fileURLToPath(new URL(`../../data/zoneinfo/${name}.txt`, import.meta.url));

export const sample = (name: string): SourceText => ({ name, text: readText(samplePath(name)) });

/** All files of a sample that has all four. */
export const wholeSample = (name: string): Required<ProcFiles> => ({
  zoneinfo: sample(`${name}.zoneinfo`),
  buddyinfo: sample(`${name}.buddyinfo`),
  pagetypeinfo: sample(`${name}.pagetypeinfo`),
  meminfo: sample(`${name}.meminfo`),
});

export const machineOf = (name: string): RealMachine => readRealMachine({ zoneinfo: sample(`${name}.zoneinfo`) });
