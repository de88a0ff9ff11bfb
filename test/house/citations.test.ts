import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { ALLOCATOR_FUNCTIONS } from '../../kernel/vectors/allocator.ts';
import { argsSchemas } from '../../kernel/vectors/args.ts';
import { laterArgsSchemas } from '../../kernel/vectors/laterArgs.ts';
import { setupSchema } from '../../kernel/vectors/setup.ts';
import * as model from '../../model/index.ts';
import { citationsIn, declarationsOf, WELL_FORMED, type Declared } from './citations.ts';
import { typescriptFiles } from './files.ts';

/** Exported helpers that are ours: nothing in the kernel stands behind them, or what two functions of it share. */
const OURS = [
  'aboveHalfOfReserves',
  'makeSetupMachine',
  'mapZones',
  'minMark',
  'mulDiv',
  'reservePages',
  'setupFromLowMemory',
  'withShares',
];

/** The functions that the specification promises, by the kernels' names. */
const PROMISED = [
  '__zone_watermark_ok',
  'zone_watermark_ok',
  'zone_watermark_ok_safe',
  'zone_reclaimable_pages',
  'zone_reclaimable',
  'fill_contig_page_info',
  '__fragmentation_index',
  'fragmentation_index',
  '__compaction_suitable',
  'compaction_suitable',
  'zone_balanced',
  'pgdat_balanced',
  'pgdat_watermark_boosted',
  'pfmemalloc_watermark_ok',
  'allow_direct_reclaim',
  'compaction_ready',
  'kswapd_classzone_idx',
  'kswapd_highest_zoneidx',
  'kswapd_shrink_node',
  'prepare_kswapd_sleep',
  'kswapd_shrink_zone',
  'balance_pgdat',
  'kswapd_try_to_sleep',
  'kswapd',
  'wakeup_kswapd',
  'kswapd_init',
  'kswapd_run',
  'kswapd_stop',
  'init_per_zone_wmark_min',
  'setup_per_zone_wmarks',
  '__setup_per_zone_wmarks',
  'setup_per_zone_lowmem_reserve',
  'refresh_zone_stat_thresholds',
  'calculate_normal_threshold',
  'calculate_pressure_threshold',
  'calculate_zone_inactive_ratio',
  'calculate_totalreserve_pages',
  'swap_setup',
  'gfp_zone',
  'gfp_to_alloc_flags',
  'build_zonelists',
  'wake_all_kswapds',
  'zone_watermark_fast',
  'get_page_from_freelist',
  '__alloc_pages_nodemask',
];

/** What the loop as a whole is called here, and what stands for a function and its locked wrapper. */
const OTHERWISE: Readonly<Record<string, string>> = {
  kswapd: 'runScenario',
  __alloc_pages_nodemask: 'allocPagesNodemask',
  __setup_per_zone_wmarks: 'setupPerZoneWmarks',
};

const isFunction = (kernel: object, name: string): boolean => typeof Reflect.get(kernel, name) === 'function';

const declared = declarationsOf(typescriptFiles('model/'));
const uncited = (some: readonly Declared[]): readonly string[] =>
  some.filter(({ citations }) => citations.length === 0).map(({ file, name }) => `${file}: ${name}`);

describe('above every rule stands its source: @kernel vX.Y path name', () => {
  const isRuleFile = ({ file }: Declared): boolean =>
    /^model\/(rules|setup|life)\//.test(file) || /^model\/loop\/.*\/(procedures|start)\.ts$/.test(file);
  const functions = declared.filter((one) => one.kind === 'function' && isRuleFile(one));

  test('every exported function of the rules, the set-up, the procedures and the life of kswapd', () => {
    expect(functions.length).toBeGreaterThan(30);
    expect(uncited(functions.filter(({ name }) => !OURS.includes(name)))).toEqual([]);
  });

  test('every rule of the record that a kernel is', () => {
    const kernels = Object.values(model.kernels);
    const rules = new Set(kernels.flatMap((kernel) => Object.keys(kernel).filter((name) => isFunction(kernel, name))));
    const cited = new Set(declared.filter(({ citations }) => citations.length > 0).map(({ name }) => name));
    expect(rules.size).toBeGreaterThan(20);
    expect([...rules].filter((rule) => !cited.has(rule))).toEqual([]);
  });

  test('every step of the loop', () => {
    const steps = declared.filter(({ type }) => type === 'Transition' || type === 'Yield');
    const kernels = Object.values(model.kernels);
    const inLoop = kernels.flatMap(({ transitions, yields }) => Object.keys({ ...transitions, ...yields }));
    expect(new Set(steps.map(({ name }) => name))).toEqual(new Set(inLoop));
    expect(uncited(steps)).toEqual([]);
  });

  test('every step of an allocation and of direct reclaim', () => {
    const types = new Set(['AllocTransition', 'AllocYield', 'DirectTransition', 'DirectYield']);
    const steps = declared.filter(({ type }) => type !== undefined && types.has(type));
    const { allocator, directReclaim } = model.v4_0;
    const sizes = [allocator, directReclaim].flatMap((program) => Object.values(program).map((of) => Object.keys(of)));
    expect(steps.length).toBeGreaterThanOrEqual(sizes.flat().length);
    expect(uncited(steps)).toEqual([]);
  });

  test('no exception is made for a function that is gone', () => {
    const names = new Set(functions.map(({ name }) => name));
    expect(OURS.filter((name) => !names.has(name))).toEqual([]);
  });

  test('each source is written alike', () => {
    const all = citationsIn(typescriptFiles('model/'));
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter(({ text }) => !WELL_FORMED.test(text))).toEqual([]);
  });
});

describe('every function that is promised exists', () => {
  const camel = (name: string): string =>
    name.replace(/(?<=[a-z\d])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const parts = (kernel: model.Kernel): readonly string[] =>
    [kernel, kernel.transitions, kernel.yields, kernel.allocator.transitions].flatMap((record) => Object.keys(record));
  const existing = new Set([...Object.keys(model), ...Object.values(model.kernels).flatMap(parts)]);
  const cited = new Set(citationsIn(typescriptFiles('model/')).flatMap(({ text }) => text.split(/[\s,]+/).slice(3)));

  test.each(PROMISED)('%s', (name) => {
    expect(existing).toContain(OTHERWISE[name] ?? camel(name));
    const unlocked = (one: string): string => one.replace(/^__(?=setup)/, '');
    expect([...cited].map(unlocked)).toContain(unlocked(name));
  });

  test('and so does every function that recorded cases ask', () => {
    const stateful = [...Object.keys(argsSchemas), ...Object.keys(laterArgsSchemas)];
    const asked = [...stateful, ...setupSchema.shape.fn.options, ...ALLOCATOR_FUNCTIONS];
    expect(asked.filter((name) => !PROMISED.includes(name))).toEqual([]);
  });

  test('the kernel’s names are written in the language’s case', () => {
    expect(camel('__zone_watermark_ok')).toBe('__zoneWatermarkOk');
    expect(camel('setup_per_zone_wmarks')).toBe('setupPerZoneWmarks');
  });
});

test('a rule without a source is found', () => {
  const source = ts.createSourceFile('x.ts', '/** Says nothing. */\nexport function rule() {}', ts.ScriptTarget.ES2023);
  expect(declarationsOf([], [source])).toEqual([{ file: 'x.ts', name: 'rule', kind: 'function', citations: [] }]);
});
