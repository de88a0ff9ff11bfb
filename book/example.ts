import {
  bootMemory,
  hasRule,
  makeMachine,
  makeNode,
  makeSetupMachine,
  type Kernel,
  type Machine,
  type Memory,
  type Node,
  type RuleName,
  type ScenarioNode,
  type SetupCase,
  type SetupMachine,
  type System,
  type Turn,
} from '../model/index.ts';
import { SYSTEM, writtenMemory, writtenNode, type ZoneSketch } from './sketch.ts';
import { KERNELS } from './versions.ts';

/** What a rule answers, as an example writes it. */
export type Answer = boolean | number | string | readonly Answer[] | { readonly [name: string]: Answer };

/** What one case of an example asks with, by name. */
export type Given = Readonly<Record<string, boolean | number | string | readonly string[]>>;

/** The state of an example, ready to be asked. */
export interface State {
  readonly system: System;
  readonly node: Node;
  readonly machine: Machine;
  /** The same node, as the page allocator sees it. */
  readonly memory: Memory;
  readonly setup: SetupMachine;
  readonly script: readonly Turn[];
}

interface Expected {
  readonly expected: Answer;
  /** How the expected answer is worked out by hand. */
  readonly worked: string;
}

interface ExampleCase extends Expected {
  readonly given: Given;
  /** What later kernels answer, by the kernel from which on they do, where that is something else. */
  readonly since?: Readonly<Record<string, Expected>>;
}

/** A worked example of a rule: a state, and cases that are asked in it. */
export interface Example {
  /** The name of the rule. */
  readonly rule: string;
  readonly title: string;
  /** The kernels that it is asked of, by name, oldest first. */
  readonly kernels: readonly string[];
  readonly zones: readonly ZoneSketch[];
  readonly request: ScenarioNode['kswapd'] | undefined;
  readonly system: Partial<System>;
  readonly setup: SetupCase | undefined;
  readonly script: readonly Turn[];
  readonly cases: readonly ExampleCase[];
  readonly ask: (k: Kernel, state: State, given: Given) => Answer;
}

interface Draft<G extends Given> {
  readonly rule: string;
  readonly title: string;
  /** Left out: all kernels that have the rule. */
  readonly kernels?: readonly string[];
  readonly zones?: readonly ZoneSketch[];
  /** The pending request: order, and highest zone index; and the runs in vain before it. */
  readonly request?: readonly [order: number, zoneIdx: number, failures?: number];
  readonly system?: Partial<System>;
  readonly setup?: SetupCase;
  readonly script?: readonly Turn[];
  readonly ask: (k: Kernel, state: State, given: G) => Answer;
  readonly cases: readonly (ExampleCase & { readonly given: G })[];
}

export function example<G extends Given>(draft: Draft<G>): Example {
  const { rule, request, zones = [], system = {}, setup, script = [] } = draft;
  return {
    rule,
    title: draft.title,
    kernels: draft.kernels ?? KERNELS.filter((k) => hasRule(k, rule as RuleName)).map(({ name }) => name),
    zones,
    request: request && { order: request[0], zoneIdx: request[1], failures: request[2] ?? 0 },
    system,
    setup,
    script,
    cases: draft.cases,
    ask: (k, state, given) => draft.ask(k, state, given as G),
  };
}

const NO_SETUP: SetupCase = {
  nodes: [],
  args: { totalramPages: 0, onlineCpus: 1, minFreeKbytes: 0, userMinFreeKbytes: -1, lowmemReserveRatio: [] },
};

/** The state that an example describes. */
function stateOf(k: Kernel, { zones, request, system: changes, setup = NO_SETUP, script }: Example): State {
  const system = { ...SYSTEM, ...changes };
  const node = makeNode(writtenNode(zones, request));
  const machine = makeMachine(k, system, node);
  const memory = bootMemory(k, writtenMemory(system, zones, request));
  return { system, node, machine, memory, setup: makeSetupMachine(setup.nodes, setup.args), script };
}

/** A case whose answer is not the expected one. */
export class WrongExample extends Error {
  constructor(k: Kernel, { rule, title }: Example, given: Given, expected: Answer, got: Answer) {
    super(
      `The example "${title}" of ${rule} is wrong in ${k.name} for ${JSON.stringify(given)}\n` +
        `  expected: ${JSON.stringify(expected)}\n  found:    ${JSON.stringify(got)}\n` +
        '  hint: work it out by hand again; correct the example, or the rule',
    );
    this.name = 'WrongExample';
  }
}

/** What a specified kernel is expected to answer in a case. */
export function expectedOf(kernel: string, { since = {}, expected, worked }: ExampleCase): Expected {
  const names = KERNELS.map(({ name }) => name);
  const before = names.slice(0, names.indexOf(kernel) + 1).toReversed();
  return since[before.find((name) => since[name] !== undefined) ?? ''] ?? { expected, worked };
}

/** Asks the kernel each case of an example. */
export function runExample(k: Kernel, one: Example): void {
  for (const shown of one.cases) {
    const { expected } = expectedOf(k.base, shown);
    const got = one.ask(k, stateOf(k, one), shown.given);
    if (JSON.stringify(got) !== JSON.stringify(expected)) throw new WrongExample(k, one, shown.given, expected, got);
  }
}
