import { describe, expect, it } from 'vitest';
import { bugs } from '../../history/index.ts';
import { v4_19, type Kernel, type Question } from '../../model/index.ts';
import { judge, type Property } from '../../properties/index.ts';
import { PLAIN, renderCase } from '../../report/counterexample/index.ts';
import { bugStory } from '../../report/history/text.ts';
import { showBug } from '../../search/history.ts';
import { litmusCases } from '../../search/litmus/litmus.ts';

const questions = litmusCases().filter(({ kind }) => kind === 'question');
const textOf = (property: Property, kernel: Kernel, given: Question): string =>
  renderCase({ property, kernel, kind: 'question', given }, PLAIN);

describe('a question is shown', () => {
  const story = bugStory(showBug(bugs.find(({ id }) => id === 'LATENT-4')!), PLAIN);
  const [withIt, withoutIt] = story.split('Without it:');

  it('without the arguments that the property does not ask', () => {
    expect(story).not.toMatch(/balanceGap|allocFlags|The question/);
  });

  it('with what the rules make of the pending request, before and after', () => {
    expect(withIt).toContain('allowDirectReclaim: ok no; pending zoneIdx 1 -> 0');
    expect(withoutIt).toMatch(/allowDirectReclaim: ok no;.*order 0, zoneIdx 1 stays pending/);
  });

  it('with the arguments that it does ask, and each answer', () => {
    const { property, given } = questions.find(({ name }) => name === 'high+harder')!;
    const text = textOf(property, v4_19, given as Question);
    expect(text).toContain('zone 0 (Normal), order 0, zoneIdx 0, mark 10\n');
    expect(text).toContain('zoneWatermarkOk Normal, 0, 10, 0, 48: yes');
    expect(text).toMatch(/… \d+ more answers/);
  });
});

it('is judged alike whether anyone listens or not', () => {
  for (const { property, given } of questions) {
    if (property.verdicts['v4.19'] === undefined) continue;
    const before = judge(property, v4_19, given);
    textOf(property, v4_19, given as Question);
    expect(judge(property, v4_19, given)).toEqual(before);
  }
});
