import type { PropertyResult } from '../../search/result.ts';
import type { CheckReporter } from './reporter.ts';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);

const good = ({ outcome }: PropertyResult): boolean => outcome === 'holds' || outcome === 'known failure';

function testcase(result: PropertyResult): string {
  const { property, outcome, counterexample, ms } = result;
  const time = (ms / 1000).toFixed(3);
  const name = `name="${escaped(property.id)}" classname="kswapd-spec.${property.family}" time="${time}"`;
  if (good(result)) return `    <testcase ${name}/>`;
  const what = counterexample?.failure.clause ?? property.statement;
  const body = escaped(`${property.statement}\n${what}`);
  return [
    `    <testcase ${name}>`,
    `      <failure type="${outcome}" message="${escaped(what)}">${body}</failure>`,
    '    </testcase>',
  ].join('\n');
}

/** For CI servers: a JUnit test suite with a test case for each property. */
export function junitReporter(): CheckReporter {
  return {
    end: ({ kernel, results, ms }) => {
      const failures = results.filter((result) => !good(result)).length;
      const time = (ms / 1000).toFixed(3);
      return [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<testsuites>',
        `  <testsuite name="kswapd-spec ${escaped(kernel)}" tests="${results.length}" ` +
          `failures="${failures}" time="${time}">`,
        ...results.map(testcase),
        '  </testsuite>',
        '</testsuites>',
        '',
      ].join('\n');
    },
  };
}
