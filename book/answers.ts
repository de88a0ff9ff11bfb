import type { Answer } from './example.ts';
import { code } from './markdown.ts';

interface AnswerColumns {
  readonly heads: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

/** Answers in one column, or in one for each of their fields. */
export function answerColumns(answers: readonly Answer[]): AnswerColumns {
  const records = answers.filter(isRecord);
  if (records.length < answers.length)
    return { heads: ['answer'], cells: answers.map((answer) => [answerText(answer)]) };
  const fields = Object.keys(records[0]!);
  return {
    heads: fields.map((field) => `answer: ${code(field)}`),
    cells: records.map((record) => fields.map((field) => answerText(record[field]!))),
  };
}

/** An answer in one cell: records of a trace stand one below the other, numbers and fields on one line. */
function answerText(answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? '**yes**' : '**no**';
  if (typeof answer === 'number') return `**${answer}**`;
  if (typeof answer === 'string') return code(answer);
  if (isRecord(answer)) return Object.entries(answer).map(fieldText).join(', ');
  return answer.map(answerText).join(answer.some((item) => typeof item === 'number') ? ', ' : '<br>') || 'nothing';
}

const fieldText = ([name, value]: readonly [string, Answer]): string => `${name} ${answerText(value)}`;

const isRecord = (answer: Answer): answer is { readonly [name: string]: Answer } =>
  typeof answer === 'object' && !Array.isArray(answer);
