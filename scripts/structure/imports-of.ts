import type { ESTree } from 'vite';
import { lineOf, type SourceFile, type SyntaxNode, walk } from './source-file.ts';

/** One import of a file. `target` is a package (`react`, `node:fs`) or, for a relative one, a path from the root. */
export type Import = { readonly target: string; readonly isRelative: boolean; readonly line: number };

/**
 * Every import of a file, whatever its form: static, type-only, re-exported, dynamic, in a type, by `require`, or as the
 * address of a worker or asset (`new URL('./x.ts', import.meta.url)`). A computed dynamic import has the target
 * `(computed)`, since nobody can say where it leads.
 */
export function importsOf(file: SourceFile): Import[] {
  const imports: Import[] = [];
  walk(file.program, (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const isRelative = specifier.startsWith('.');
    const target = isRelative ? resolveFrom(file.path, specifier) : specifier;
    imports.push({ target, isRelative, line: lineOf(file, node.start) });
  });
  return imports;
}

function specifierOf(node: SyntaxNode): string | undefined {
  const typed = node as ESTree.Node;
  switch (typed.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return typed.source.value;
    case 'ExportNamedDeclaration':
      return typed.source?.value;
    case 'TSImportType':
      return typed.source.value;
    case 'TSExternalModuleReference':
      return typed.expression.value;
    case 'ImportExpression':
      return stringOf(typed.source) ?? '(computed)';
    case 'CallExpression':
      return isNamed(typed.callee, 'require') ? stringOf(typed.arguments[0]) : undefined;
    case 'NewExpression':
      return isNamed(typed.callee, 'URL') && typed.arguments.length === 2
        ? relativeOnly(stringOf(typed.arguments[0]))
        : undefined;
    default:
      return undefined;
  }
}

function isNamed(node: SyntaxNode, name: string): boolean {
  return node.type === 'Identifier' && 'name' in node && node.name === name;
}

const relativeOnly = (specifier: string | undefined): string | undefined =>
  specifier?.startsWith('.') ? specifier : undefined;

/** The text of a string literal, or of a template without holes. */
function stringOf(node: SyntaxNode | undefined): string | undefined {
  const typed = node as ESTree.Node | undefined;
  if (typed?.type === 'Literal' && typeof typed.value === 'string') return typed.value;
  if (typed?.type === 'TemplateLiteral' && typed.expressions.length === 0)
    return typed.quasis[0]?.value.cooked ?? undefined;
  return undefined;
}

/** `client/till/x.ts` and `../sync/y.ts` make `client/sync/y.ts`; out of the root it keeps its `..`. */
function resolveFrom(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
