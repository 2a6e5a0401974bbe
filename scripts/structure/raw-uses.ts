import type { ESTree } from 'vite';
import { isTestFile, lineOf, type SourceFile, type SyntaxNode, walk } from './source-file.ts';

/** Members that read a clock, draw a random value, start a timer or reach the network. */
const rawMembers = new Set([
  'Date.now',
  'performance.now',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
]);

/** The same as plain names, also of `globalThis`, `window` and `self`. */
const rawNames = new Set(['setTimeout', 'setInterval', 'setImmediate', 'requestIdleCallback', 'fetch', 'WebSocket']);

/** What node offers of the same: packages whole, or single names of one. */
const rawImports = new Map<string, ReadonlySet<string> | 'all'>([
  ['node:timers', 'all'],
  ['node:timers/promises', 'all'],
  ['node:crypto', new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues'])],
]);

const globalObjects = new Set(['globalThis', 'window', 'self']);

/** The only files that make real ones: the mains of server, app and customer display, the app's first script, and the facades over one platform each. */
const makers =
  /^(server\/main\.ts|client\/(first\.ts|(display\/)?main\.tsx)|client\/device\/(browser|node)-[^/]*\.ts)$/;

/** Whether a file must get its clock, random, timers and network through `deps`. */
export function mustUseDeps(path: string): boolean {
  return /^(schema|server|client)\//.test(path) && !isTestFile(path) && !makers.test(path);
}

/** Every raw use in a file that must go through `deps`, as `path:line: uses X`. */
export function rawUses(file: SourceFile): string[] {
  if (!mustUseDeps(file.path)) return [];
  const ownNames = declaredNames(file);
  const found: string[] = [];
  walk(file.program, (node, around) => {
    if (around.some(isTypeNode)) return;
    const use = rawUse(node as ESTree.Node, around.at(-1), ownNames);
    if (use) found.push(`${file.path}:${lineOf(file, node.start)}: uses ${use}; it comes in through deps`);
  });
  return found;
}

function rawUse(node: ESTree.Node, parent: SyntaxNode | undefined, ownNames: ReadonlySet<string>): string | undefined {
  switch (node.type) {
    case 'NewExpression':
    case 'CallExpression':
      return nameOf(node.callee) === 'Date' && (node.type === 'CallExpression' || node.arguments.length === 0)
        ? 'the clock by Date()'
        : undefined;
    case 'MemberExpression':
      return rawMember(node);
    case 'Identifier':
      return rawNames.has(node.name) && !ownNames.has(node.name) && isValue(node, parent) ? node.name : undefined;
    case 'ImportDeclaration':
      return rawImport(node);
    default:
      return undefined;
  }
}

function rawMember(node: ESTree.MemberExpression): string | undefined {
  const property = memberName(node);
  if (property === undefined) return undefined;
  const owner = node.object.type === 'MemberExpression' ? memberName(node.object) : nameOf(node.object);
  if (owner !== undefined && globalObjects.has(owner) && rawNames.has(property)) return `${owner}.${property}`;
  const member = `${owner}.${property}`;
  return rawMembers.has(member) ? member : undefined;
}

/** `a.b` and `a['b']` both name `b`. */
function memberName(node: ESTree.MemberExpression): string | undefined {
  if (!node.computed) return nameOf(node.property);
  return node.property.type === 'Literal' && typeof node.property.value === 'string' ? node.property.value : undefined;
}

function rawImport(node: ESTree.ImportDeclaration): string | undefined {
  const banned = rawImports.get(node.source.value);
  if (banned === undefined || node.importKind === 'type') return undefined;
  if (banned === 'all') return node.source.value;
  const name = node.specifiers
    .map((specifier) => (specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : undefined))
    .find((imported) => imported !== undefined && banned.has(imported));
  return name && `${name} of ${node.source.value}`;
}

function nameOf(node: SyntaxNode): string | undefined {
  return 'name' in node && typeof node.name === 'string' ? node.name : undefined;
}

/** Whether an identifier stands for a value, and not for a member, a key or a name being declared. */
function isValue(node: SyntaxNode, parent: SyntaxNode | undefined): boolean {
  const around = parent as ESTree.Node | undefined;
  if (around?.type === 'MemberExpression') return around.object === node || around.computed;
  if (around?.type === 'Property') return around.value === node;
  return !['MethodDefinition', 'PropertyDefinition', 'ImportSpecifier'].includes(around?.type ?? '');
}

/** Types tell of a clock without reading it. Expressions that carry a type (`x as T`) are not types. */
function isTypeNode(node: SyntaxNode): boolean {
  const expressions = ['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression', 'TSInstantiationExpression'];
  return node.type.startsWith('TS') && !expressions.includes(node.type);
}

/** Names that the file itself declares as parameters, by destructuring or by import: those are deps. */
function declaredNames(file: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  walk(file.program, (node, around) => {
    const parent = around.at(-1) as ESTree.Node | undefined;
    const name = node.type === 'Identifier' ? nameOf(node) : undefined;
    if (name && parent && isDeclaring(node, parent, around.at(-2))) names.add(name);
  });
  return names;
}

function isDeclaring(node: SyntaxNode, parent: ESTree.Node, grandparent: SyntaxNode | undefined): boolean {
  switch (parent.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return (parent.params as readonly SyntaxNode[]).includes(node);
    case 'VariableDeclarator':
      return parent.id === node;
    case 'Property':
      return grandparent?.type === 'ObjectPattern' && parent.value === node;
    case 'ImportSpecifier':
      return parent.local === node;
    default:
      return false;
  }
}
