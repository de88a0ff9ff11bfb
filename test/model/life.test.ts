import { describe, expect, test } from 'vitest';
import { kswapdInit, kswapdRun, kswapdStop, type Life } from '../../model/index.ts';

const life = (booting: boolean, ...nodes: readonly Life['nodes'][number][]): Life => ({ booting, nodes });
const bare = { id: 0, hasMemory: true, kswapd: false } as const;
const running = { id: 0, hasMemory: true, kswapd: true } as const;

describe('kswapd_init', () => {
  const three = life(true, bare, { ...bare, id: 1, hasMemory: false }, { ...bare, id: 2 });

  test('starts a kswapd on every node with memory, and on no other', () => {
    const run = kswapdInit(three, () => true);
    expect(run.started).toBe('started');
    expect(run.life.nodes.map(({ kswapd }) => kswapd)).toEqual([true, false, true]);
  });

  test('halts the boot at the first thread that cannot be made', () => {
    const asked: number[] = [];
    const run = kswapdInit(three, (id) => {
      asked.push(id);
      return false;
    });
    expect(run.started).toBe('halted');
    expect(asked).toEqual([0]);
  });

  test('starts none on a machine where no node has memory', () => {
    expect(kswapdInit(life(true, { ...bare, hasMemory: false }), () => false).started).toBe('started');
  });
});

describe('kswapd_run', () => {
  test('starts a node’s kswapd once', () => {
    const first = kswapdRun(life(false, bare), 0, true);
    expect(first).toEqual({ started: 'started', life: life(false, running) });
    expect(kswapdRun(first.life, 0, true)).toEqual({ started: 'already running', life: first.life });
  });

  test('does not try again where one runs, so it cannot fail there', () => {
    expect(kswapdRun(life(true, running), 0, false).started).toBe('already running');
  });

  test('halts the machine when it fails at boot', () => {
    expect(kswapdRun(life(true, bare), 0, false).started).toBe('halted');
  });

  test('reports the failure later, and the node goes without', () => {
    expect(kswapdRun(life(false, bare), 0, false)).toEqual({ started: 'failed', life: life(false, bare) });
  });

  test('changes nothing of other nodes where there is no such node', () => {
    expect(kswapdRun(life(false, bare), 7, true)).toEqual({ started: 'started', life: life(false, bare) });
  });

  test('may succeed after it failed', () => {
    const { life: after } = kswapdRun(life(false, bare), 0, false);
    expect(kswapdRun(after, 0, true).started).toBe('started');
  });
});

describe('kswapd_stop', () => {
  test('stops the node’s kswapd and no other', () => {
    const other = { ...running, id: 1 };
    expect(kswapdStop(life(false, running, other), 0)).toEqual(life(false, bare, other));
  });

  test('does nothing where none runs, and one may be started again', () => {
    const stopped = kswapdStop(life(false, bare), 0);
    expect(stopped).toEqual(life(false, bare));
    expect(kswapdRun(stopped, 0, true).started).toBe('started');
  });
});
