import { expect, test } from 'vitest';
import { runCommand, scriptFile } from './commands.mjs';

test('[SETUP10] a named command is scripts/NAME.ts or scripts/NAME/main.ts', () => {
  expect(scriptFile('bench', (file) => file === 'scripts/bench/main.ts')).toBe('scripts/bench/main.ts');
  expect(scriptFile('bench', () => true)).toBe('scripts/bench.ts');
});

test('[SETUP10] an unknown command is a sentence, and a name never leaves scripts/', () => {
  expect(() => scriptFile('absent', () => false)).toThrow('There is no command named absent.');
  expect(() => scriptFile('../server/main', () => true)).toThrow('There is no command');
});

test('[SETUP10] without a command the usage is told', async () => {
  await expect(runCommand([])).rejects.toThrow(/^Usage: /);
});
