import { v4_0, type Kernel } from '../model/index.ts';
import { FAMILIES } from '../properties/index.ts';
import { caseJsonSchema } from '../search/savedCaseSchema.ts';
import type { DocComment } from './comments.ts';
import { loopGraph } from './diagram/graph.ts';
import { svg } from './diagram/svg.ts';
import { examples as allExamples } from './examples/index.ts';
import type { Example } from './example.ts';
import { RULE_FAMILIES } from './families.ts';
import { glossaryPage } from './glossaryPage.ts';
import { indexPage } from './indexPage.ts';
import { kernelsPage } from './kernelsPage.ts';
import { loopPage } from './loopPage.ts';
import { commentFinder, modelComments } from './modelComments.ts';
import { namesPage } from './namesPage.ts';
import { propertiesIndex, propertyPage } from './propertyPage.ts';
import { rulePage } from './rulePage.ts';
import { statePage } from './statePage.ts';

/** The files of the specification for people, by their paths in its folder. */
export type Book = ReadonlyMap<string, string>;

/** What a book is made from, besides the kernel and the properties. */
interface Sources {
  readonly comments?: readonly DocComment[];
  readonly examples?: readonly Example[];
}

/** Writes the specification of a kernel for people. The same model makes the same book, byte for byte. */
export function makeBook(k: Kernel = v4_0, { comments = modelComments(), examples = allExamples }: Sources = {}): Book {
  const commentOf = commentFinder(comments);
  const ruleComment = (name: string): DocComment => commentOf(name);
  return new Map([
    ['README.md', indexPage(k)],
    ...RULE_FAMILIES.map((family) => [`rules/${family.id}.md`, rulePage(k, family, ruleComment, examples)] as const),
    ['state.md', statePage(commentOf)],
    ['loop.md', loopPage(k, commentOf)],
    ['loop.svg', svg(loopGraph(k))],
    ['properties/README.md', propertiesIndex(FAMILIES)],
    ...FAMILIES.map((family) => [`properties/${family}.md`, propertyPage(family)] as const),
    ['kernels.md', kernelsPage()],
    ['by-kernel-name.md', namesPage(k, commentOf)],
    ['glossary.md', glossaryPage(comments)],
    ['scenario.schema.json', `${JSON.stringify(caseJsonSchema(), undefined, 2)}\n`],
  ]);
}
