/** A Python source that is parsed anew, cheaply, after each edit. */
import { Edit, type Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import type { Block, Placed, Statement } from './ast';
import type { Grammar } from './grammar';
import { RawTreeCopier } from './rawTree';
import { convertStatement } from './statements';

/** A replaced range, as tree-sitter wants it. */
export type SourceEdit = ConstructorParameters<typeof Edit>[0];

/**
 * Keeps tree-sitter's tree, which an edit updates, and the statements converted from it. A unit is a statement of the
 * module or a member of a class of the module; a unit whose text has not changed keeps its converted statement.
 */
export class PythonSource {
  readonly #parser: Parser;
  readonly #copier: RawTreeCopier;
  #tree: Tree | null = null;
  #units = new Map<string, Statement>();
  #fresh = new Map<string, Statement>();

  constructor(grammar: Grammar) {
    this.#parser = grammar.newParser();
    this.#copier = new RawTreeCopier(grammar.language);
  }

  /** Tells what will have changed in the text that the next `parse` gets. */
  edit(edit: SourceEdit): void {
    this.#tree?.edit(new Edit(edit));
  }

  /** Forgets the text, for one that comes whole. */
  reset(): void {
    this.#tree?.delete();
    this.#tree = null;
  }

  /** Updates the syntax tree. The text must be that of the last `parse` with the edits since then applied. */
  parse(text: string): void {
    // handed over in pieces: after an edit the parser asks only for what it has to read again
    const tree = this.#parser.parse((index) => text.slice(index, index + 4096), this.#tree);
    if (tree === null) throw new Error('The parser was stopped.');
    this.#tree?.delete();
    this.#tree = tree;
  }

  /** The module's statements, of the text last parsed. */
  statements(text: string): Block {
    if (this.#tree === null) return [];
    this.#fresh = new Map();
    const cursor = this.#tree.walk();
    try {
      return this.#placeUnits(cursor, text, 0, 0);
    } finally {
      cursor.delete();
      this.#units = this.#fresh;
    }
  }

  dispose(): void {
    this.#tree?.delete();
    this.#parser.delete();
  }

  /** The children of the node that the cursor stands on, each a unit. */
  #placeUnits(cursor: TreeCursor, text: string, origin: number, depth: number): Placed[] {
    const placed: Placed[] = [];
    if (!cursor.gotoFirstChild()) return placed;
    do {
      if (!this.#copier.wanted(cursor)) continue;
      const start = cursor.startIndex;
      placed.push({ offset: start - origin, statement: this.#unit(cursor, text, start, depth) });
    } while (cursor.gotoNextSibling());
    cursor.gotoParent();
    return placed;
  }

  #unit(cursor: TreeCursor, text: string, start: number, depth: number): Statement {
    const key = text.slice(start, cursor.endIndex);
    const known = this.#fresh.get(key) ?? this.#units.get(key);
    const members = depth === 0 ? this.#classMembers(cursor, text, start) : undefined;
    let statement: Statement;
    if (known && !members) statement = known;
    else if (known?.kind === 'class' && members) statement = { ...known, body: members };
    else
      statement = convertStatement(
        this.#copier.copy(cursor, members !== undefined),
        { source: text, origin: start },
        members,
      );
    this.#fresh.set(key, statement);
    return statement;
  }

  /** The members of the class that the cursor stands on, or undefined when it is no class. */
  #classMembers(cursor: TreeCursor, text: string, origin: number): Block | undefined {
    const type = cursor.nodeType;
    if (type !== 'class_definition' && type !== 'decorated_definition') return undefined;
    let members: Block | undefined;
    cursor.gotoFirstChild();
    do {
      if (cursor.nodeType === 'block') members = this.#placeUnits(cursor, text, origin, 1);
      else if (cursor.nodeType === 'class_definition') members = this.#classMembers(cursor, text, origin);
    } while (members === undefined && cursor.gotoNextSibling());
    cursor.gotoParent();
    return members;
  }
}
