import { v4_0 } from '../model/index.ts';
import { FAMILIES } from '../properties/index.ts';
import { caseJsonSchema } from '../search/savedCaseSchema.ts';
import { allocatorPage } from './allocatorPage.ts';
import type { DocComment } from './comments.ts';
import { directPage } from './directPage.ts';
import { examples as allExamples } from './examples/index.ts';
import { eventualPage } from './eventualPage.ts';
import type { Example } from './example.ts';
import { RULE_FAMILIES } from './families.ts';
import { glossaryPage } from './glossaryPage.ts';
import { indexPage } from './indexPage.ts';
import { kernelsPage } from './kernelsPage.ts';
import { laterLoopPage } from './laterLoopPage.ts';
import { litmusPage } from './litmusPage.ts';
import { loopPage } from './loopPage.ts';
import { machinesPage } from './machinesPage.ts';
import { commentFinder, modelComments } from './modelComments.ts';
import { namesPage } from './namesPage.ts';
import { pictureFiles } from './pictures.ts';
import { propertiesIndex, propertyPage } from './propertyPage.ts';
import { rulePage } from './rulePage.ts';
import { statePage } from './statePage.ts';

/** The files of the specification for people, by their paths in its folder. */
export type Book = ReadonlyMap<string, string>;

/** What a book is made from, besides the kernels and the properties. */
interface Sources {
  readonly comments?: readonly DocComment[];
  readonly examples?: readonly Example[];
}

/** Writes the specification of the kernels for people. The same model makes the same book, byte for byte. */
export function makeBook({ comments = modelComments(), examples = allExamples }: Sources = {}): Book {
  const commentOf = commentFinder(comments);
  return new Map([
    ['README.md', indexPage()],
    ...RULE_FAMILIES.map((family) => [`rules/${family.id}.md`, rulePage(family, commentOf, examples)] as const),
    ['state.md', statePage(commentOf)],
    ['loop.md', loopPage(v4_0, commentOf)],
    ['loop-by-node.md', laterLoopPage(commentOf)],
    ['allocator.md', allocatorPage(commentOf)],
    ['direct-reclaim.md', directPage(commentOf)],
    ['machines.md', machinesPage(commentOf)],
    ...pictureFiles(),
    ['properties/README.md', propertiesIndex(FAMILIES)],
    ...FAMILIES.map((family) => [`properties/${family}.md`, propertyPage(family)] as const),
    ['properties/in-the-end.md', eventualPage()],
    ['litmus.md', litmusPage()],
    ['kernels.md', kernelsPage()],
    ['by-kernel-name.md', namesPage(commentOf)],
    ['glossary.md', glossaryPage(comments)],
    ['scenario.schema.json', `${JSON.stringify(caseJsonSchema(), undefined, 2)}\n`],
  ]);
}
