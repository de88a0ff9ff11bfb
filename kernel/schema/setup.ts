import { z } from 'zod';
import { setupArgsSchema, setupNodesSchema } from '../vectors/setup.ts';

/** Machines before set-up, and its settings. Unknown fields of the envelope are left alone. */
export const setupCaseSchema = z.object({ nodes: setupNodesSchema, args: setupArgsSchema });
