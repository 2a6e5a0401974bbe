import type {
  ActionIcon,
  Button,
  Drawer,
  InputBase,
  Modal,
  NativeSelect,
  SegmentedControl,
  TextInput,
} from '@mantine/core';
import { type CSSVariablesResolver, createTheme } from '@mantine/core';

/** The least size of anything a finger presses: 44 px (WCAG 2.5.5). */
const TOUCH = '2.75rem';

/** Inputs and buttons share one height, so that rows of them stand level. */
const field = { size: 'md', styles: { label: { marginBottom: 4, fontWeight: 500 } } } as const;

const buttonLabel = { fontWeight: 600 } as const;
/** What the largest buttons say holds an amount: on a phone it takes a second line rather than lose its end. */
const wrappingButton = {
  root: { height: 'auto', minHeight: 'var(--button-height)', paddingBlock: '0.25rem' },
  label: { ...buttonLabel, height: 'auto', lineHeight: 1.25, whiteSpace: 'normal' },
} as const;

/**
 * A window is there in the frame that opens it, and takes the next tap: one that moves in loses taps. The page behind it never scrolls,
 * so there is nothing to lock, and nothing to measure for it.
 */
const atOnce = { transitionProps: { duration: 0 }, lockScroll: false } as const;
/** A window's head is no banner of the page, whatever its element says. */
const dialog = {
  ...atOnce,
  overlayProps: { backgroundOpacity: 0.5 },
  attributes: { header: { role: 'none' } },
} as const;

/** What a window is about stands out from what it holds. */
const dialogTitle = { title: { fontSize: '1.125rem', fontWeight: 650 } } as const;

/** What a theme may say of a component: its type alone, or all of them would load with the first screen. */
type Own<Component extends { extend(own: never): unknown }> = Parameters<Component['extend']>[0];

/** One restrained accent, a calm teal; everything else is grey and words. */
export const theme = createTheme({
  primaryColor: 'laci',
  // Shade 6, Mantine's default, fails contrast with white in the light scheme.
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  colors: {
    laci: [
      '#e8f6f3',
      '#d3ebe6',
      '#a6d7cd',
      '#75c2b3',
      '#4cb09e',
      '#31a58f',
      '#1f9d86',
      '#0d8775',
      '#0b6e63',
      '#075a50',
    ],
  },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  components: {
    Button: {
      defaultProps: { size: 'md' },
      vars: (_, props) => ({
        root: {
          '--button-height': props.size === 'xl' ? '3.75rem' : props.size === 'lg' ? '3.25rem' : TOUCH,
          '--button-fz': props.size === 'xl' ? '1.25rem' : '1rem',
        },
      }),
      styles: (_, { size }) => (size === 'xl' ? wrappingButton : { label: buttonLabel }),
    } satisfies Own<typeof Button>,
    ActionIcon: { defaultProps: { size: 44, variant: 'subtle', color: 'gray' } } satisfies Own<typeof ActionIcon>,
    TextInput: { defaultProps: field } satisfies Own<typeof TextInput>,
    InputBase: { defaultProps: field } satisfies Own<typeof InputBase>,
    NativeSelect: { defaultProps: field } satisfies Own<typeof NativeSelect>,
    SegmentedControl: { defaultProps: { size: 'md' } } satisfies Own<typeof SegmentedControl>,
    Modal: {
      defaultProps: { centered: true, radius: 'lg', ...dialog },
      styles: dialogTitle,
    } satisfies Own<typeof Modal>,
    Drawer: { defaultProps: dialog, styles: dialogTitle } satisfies Own<typeof Drawer>,
    DrawerRoot: { defaultProps: atOnce } satisfies Own<typeof Drawer.Root>,
  },
});

/** Lays our own tokens over Mantine's, so that both speak of the same colours. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-2)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-2)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-error': 'var(--danger-ink)',
    '--mantine-color-laci-text': 'var(--accent-ink)',
    '--mantine-color-laci-light-color': 'var(--accent-ink)',
    '--mantine-color-gray-text': 'var(--text-2)',
    '--mantine-color-gray-light-color': 'var(--text)',
    '--mantine-color-red-text': 'var(--danger-ink)',
    '--mantine-color-red-light-color': 'var(--danger-ink)',
  };
  return { variables: { '--laci-touch': TOUCH }, light: shared, dark: shared };
};
