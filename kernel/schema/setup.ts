import { z } from 'zod';
import { setupSchema } from '../vectors/setup.ts';

/** Machines before set-up, and its settings. Unknown fields of the envelope are left alone. */
export const setupCaseSchema = z.object({ nodes: setupSchema.shape.nodes, args: setupSchema.shape.args });
