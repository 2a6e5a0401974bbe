import { type ESTree, parseSync } from 'vite';

/** A node of a syntax tree, as far as a walk needs to know it. */
export type SyntaxNode = { readonly type: string; readonly start: number; readonly end: number };

/** One file of the repository, parsed. `path` is relative to the root, with `/` between the parts. */
export type SourceFile = { readonly path: string; readonly text: string; readonly program: ESTree.Program };

/**
 * Parses TypeScript or JavaScript with the parser that the build uses.
 * @throws when the text is not valid
 */
export function parseSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new Error(`${path} cannot be parsed: ${error.message}`);
  return { path, text, program };
}

/** Unit tests, browser tests, and what only they use: fixtures and folders named `testing`. */
export function isTestFile(path: string): boolean {
  return /\.(test|e2e)\.tsx?$|(^|\/)(testing|e2e|fixtures)\//.test(path);
}

/** The line of a position, counted from 1. */
export function lineOf(file: SourceFile, position: number): number {
  return file.text.slice(0, position).split('\n').length;
}

/** Visits every node with the nodes around it, outermost first. */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode, around: readonly SyntaxNode[]) => void): void {
  const visitBelow = (node: SyntaxNode, around: readonly SyntaxNode[]): void => {
    visit(node, around);
    const inside = [...around, node];
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isSyntaxNode(child)) visitBelow(child, inside);
      }
    }
  };
  visitBelow(root, []);
}

function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
