import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds in a part of the page as it is: everything in the light theme, what a theme can change in the dark one.
 * Legacy mode looks at the page in the page itself; there are no frames, and it is several times quicker.
 */
export async function findViolations(page: Page, screen: string, part = 'html'): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const axe = () => new AxeBuilder({ page }).include(part).setLegacyMode(true);
  const light = await axe().withTags(WCAG).analyze();
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const dark = await axe().withRules(['color-contrast', 'link-in-text-block']).analyze();
  const describeIn = (theme: string) => (one: (typeof light.violations)[number]) =>
    `${screen}, ${theme}: ${one.id} at ${one.nodes[0]?.target.join(' ')} (${one.nodes[0]?.failureSummary})`;
  return [...light.violations.map(describeIn('light')), ...dark.violations.map(describeIn('dark'))];
}
