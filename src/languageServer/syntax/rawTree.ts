/** Copies a part of tree-sitter's tree out of WebAssembly: named nodes only, with their fields. */
import type { Language, TreeCursor } from 'web-tree-sitter';

export interface RawNode {
  readonly type: string;
  readonly field: string | null;
  /** Offsets in the whole source. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly RawNode[];
}

/** Nodes that hold nothing for the analysis. */
const SKIPPED = new Set([
  'comment',
  'line_continuation',
  'string_start',
  'string_end',
  'escape_sequence',
  'escape_interpolation',
  'format_specifier',
  'type_conversion',
  'import_prefix_dots',
  'pass_statement',
  'break_statement',
  'continue_statement',
]);
/** Nodes that are taken whole, by their text. */
const LEAVES = new Set(['dotted_name', 'identifier', 'integer', 'float', 'string_content', 'relative_import']);

/** What is nested deeper than this is left out: generated sources can be deeper than any call stack. */
const MAXIMUM_NESTING = 800;

export class RawTreeCopier {
  readonly #types: readonly (string | undefined)[];
  readonly #fields: readonly (string | null)[];
  readonly #wanted: Uint8Array;

  constructor(language: Language) {
    this.#types = language.types;
    this.#fields = language.fields;
    this.#wanted = new Uint8Array(language.types.length);
    for (let id = 0; id < language.types.length; id += 1) {
      const type = language.types[id];
      if (!language.nodeTypeIsNamed(id) || type === undefined || SKIPPED.has(type)) continue;
      this.#wanted[id] = LEAVES.has(type) ? 1 : 2;
    }
  }

  /** The node the cursor stands on, with everything below but, on request, its body. The cursor comes back to it. */
  copy(cursor: TreeCursor, withoutBody = false, nesting = 0): RawNode {
    const id = cursor.nodeTypeId;
    const type = this.#types[id] ?? cursor.nodeType;
    const field = this.#fields[cursor.currentFieldId] ?? null;
    const children: RawNode[] = [];
    if (this.#wanted[id] !== 1 && nesting < MAXIMUM_NESTING && cursor.gotoFirstChild()) {
      do {
        if (!this.wanted(cursor) || (withoutBody && cursor.nodeType === 'block')) continue;
        children.push(this.copy(cursor, withoutBody && cursor.nodeType === 'class_definition', nesting + 1));
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return { type, field, start: cursor.startIndex, end: cursor.endIndex, children };
  }

  /** Whether the node the cursor stands on is one that the analysis looks at. */
  wanted(cursor: TreeCursor): boolean {
    return this.#wanted[cursor.nodeTypeId] !== 0;
  }
}
