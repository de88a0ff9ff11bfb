import { z } from 'zod';
import { describeNode, kernels, runScenario, type Kernel } from '../../model/index.ts';
import { InputError } from '../inputError.ts';
import { parseWith } from '../parse.ts';
import { ALLOCATOR_FUNCTIONS, answerAllocator, isAllocatorFunction } from './allocator.ts';
import type { AnswerBody } from './answerBody.ts';
import { answerDirect, isDirectCase } from './direct.ts';
import { answerFunction, functionsOf, scenarioSchemaOf } from './generation.ts';
import { answerSetup, setupSchema } from './setup.ts';

/** What the model says to one case, under the case's own id. */
export interface Answer {
  readonly id: string;
  /** The function that was asked, or `kswapd` for a whole run. */
  readonly fn: string;
  readonly got: AnswerBody;
}

const envelopeSchema = z.object({ id: z.string(), kernel: z.string(), fn: z.string().exactOptional() });

/** The kernel that a case was recorded from. */
function kernelOf(name: string, where: string): Kernel {
  const kernel = Object.hasOwn(kernels, name) ? kernels[name] : undefined;
  if (kernel !== undefined) return kernel;
  throw new InputError({
    what: 'a kernel that is not specified here',
    where,
    expected: Object.keys(kernels).join(', '),
    found: name,
  });
}

/** Asks the model what the case asks the kernel. `where` names the case's place for messages. */
export function answerCase(input: unknown, where: string, kernel?: Kernel): Answer {
  const { id, kernel: name, fn } = parseWith(envelopeSchema, input, where);
  const k = kernel ?? kernelOf(name, where);
  const place = `${where} (${id})`;
  if (fn === undefined && isDirectCase(input)) {
    return { id, fn: 'do_try_to_free_pages', got: answerDirect(k, input, place) };
  }
  if (fn === undefined) {
    const { machine, trace } = runScenario(k, parseWith(scenarioSchemaOf(k), input, place));
    return { id, fn: 'kswapd', got: { trace, final: describeNode(machine.node) } };
  }
  const functions = functionsOf(k);
  if (functions.includes(fn)) return { id, fn, got: { result: answerFunction(k, fn, input, place) } };
  if ((setupSchema.shape.fn.options as readonly string[]).includes(fn)) {
    return { id, fn, got: { result: answerSetup(k, parseWith(setupSchema, input, place)) } };
  }
  if (isAllocatorFunction(fn)) return { id, fn, got: answerAllocator(k, fn, input, place) };
  throw new InputError({
    what: 'a function that vectors of this kernel do not ask',
    where: place,
    expected: [...functions, ...setupSchema.shape.fn.options, ...ALLOCATOR_FUNCTIONS].join(', '),
    found: fn,
  });
}
