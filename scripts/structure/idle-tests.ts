import type { ESTree } from 'vite';
import { lineOf, type SourceFile, type SyntaxNode, walk } from './source-file.ts';

const runners = new Set(['test', 'it', 'describe', 'suite', 'bench']);
const idleWords = new Set(['only', 'skip', 'skipIf', 'runIf', 'todo', 'fixme', 'fails']);
const idleNames = new Set(['xit', 'xtest', 'xdescribe', 'fit', 'fdescribe']);

/** Every test that is skipped, or that keeps others from running, as `path:line: X`. */
export function idleTests(file: SourceFile): string[] {
  const found: string[] = [];
  walk(file.program, (node) => {
    const word = idleWord(node as ESTree.Node);
    if (word) found.push(`${file.path}:${lineOf(file, node.start)}: ${word}; every test runs`);
  });
  return found;
}

function idleWord(node: ESTree.Node): string | undefined {
  if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && idleNames.has(node.callee.name)) {
    return node.callee.name;
  }
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return undefined;
  const root = rootName(node);
  return root && runners.has(root) && idleWords.has(node.property.name) ? `${root}.${node.property.name}` : undefined;
}

/** `test` of `test.concurrent.only`, and of `test.each([…]).only`. */
function rootName(node: SyntaxNode): string | undefined {
  const typed = node as ESTree.Node;
  if (typed.type === 'MemberExpression') return rootName(typed.object);
  if (typed.type === 'CallExpression') return rootName(typed.callee);
  return typed.type === 'Identifier' ? typed.name : undefined;
}
