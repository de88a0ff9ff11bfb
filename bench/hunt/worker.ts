import { searchFor, type Outcome, type Task } from './searches.ts';

/** Does one task in a thread of its own. */
export default function work(task: Task): readonly Outcome[] {
  return searchFor(task);
}
