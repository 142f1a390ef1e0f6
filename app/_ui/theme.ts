import { type CSSVariablesResolver, createTheme } from '@mantine/core'

/** Dialogs stand on the surface, above a page that is the ground. */
const RAISED = { backgroundColor: 'var(--surface)' }
const VEIL = { color: '#0f0e0d', backgroundOpacity: 0.4 }

/** Mantine in the house look. Sizes and palettes only: what a screen may use are the tokens of tokens.css. */
export const theme = createTheme({
  primaryColor: 'anil',
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.25rem', lineHeight: '1.4' },
      h2: { fontSize: '1rem', lineHeight: '1.5' },
      h3: { fontSize: '.875rem', lineHeight: '1.43' },
    },
  },
  fontSizes: { xs: '.75rem', sm: '.8125rem', md: '.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.333', sm: '1.54', md: '1.43', lg: '1.5', xl: '1.4' },
  spacing: { xs: '.5rem', sm: '.75rem', md: '1rem', lg: '1.25rem', xl: '1.5rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  shadows: { xs: 'var(--sh-1)', sm: 'var(--sh-1)', md: 'var(--sh-2)', lg: 'var(--sh-3)', xl: 'var(--sh-3)' },
  colors: {
    anil: [
      '#eef4ff',
      '#dce8fe',
      '#bad1fb',
      '#8db1f5',
      '#5f8dec',
      '#3c6edd',
      '#2456c2',
      '#1d469f',
      '#193a81',
      '#142d63',
    ],
    gray: [
      '#fdfcfa',
      '#f8f6f2',
      '#f1eee8',
      '#e7e2da',
      '#d5cfc5',
      '#aaa397',
      '#756e63',
      '#5c564c',
      '#3c3831',
      '#211f1b',
    ],
    dark: [
      '#efece6',
      '#cdc7bd',
      '#a59e92',
      '#857e73',
      '#403c36',
      '#262420',
      '#1e1c19',
      '#171613',
      '#141311',
      '#0f0e0d',
    ],
    red: [
      '#fdecea',
      '#f9d5d1',
      '#f5c9c4',
      '#f0998f',
      '#ef6a5c',
      '#e05143',
      '#d43d2f',
      '#ad2b1f',
      '#8a2118',
      '#661811',
    ],
    yellow: [
      '#fdf2dc',
      '#f8e5bd',
      '#f0d9a8',
      '#eebf66',
      '#e8ab3a',
      '#d8940f',
      '#c8800a',
      '#a56a05',
      '#805200',
      '#5c3b00',
    ],
    green: [
      '#e4f4ea',
      '#cdead8',
      '#b9e0c8',
      '#78d39d',
      '#4bb878',
      '#38a867',
      '#2c9a59',
      '#237c48',
      '#1a6b3e',
      '#124d2c',
    ],
  },
  // Plain objects by name: `Button.extend` here would load every listed component on every page.
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: {
      defaultProps: { radius: 'xl', centered: true, overlayProps: VEIL, transitionProps: { duration: 150 } },
      styles: { content: RAISED, header: RAISED, title: { fontSize: '1rem', fontWeight: 650 } },
    },
    Drawer: {
      defaultProps: { position: 'right', size: 420, overlayProps: VEIL, transitionProps: { duration: 240 } },
      styles: { content: RAISED, header: RAISED, title: { fontSize: '1rem', fontWeight: 650 } },
    },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 550 } },
    Table: { defaultProps: { verticalSpacing: 0, horizontalSpacing: 'sm', highlightOnHover: true } },
    Notification: { defaultProps: { withBorder: false, radius: 'md' } },
    Skeleton: { defaultProps: { radius: 'sm' } },
  },
})

/**
 * Hangs Mantine's own variables on our tokens. The tokens themselves live in tokens.css, which public
 * pages load without Mantine, and change with the colour scheme there, so one table serves both schemes.
 */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: TOKENS_OF_MANTINE,
  dark: TOKENS_OF_MANTINE,
})

const TOKENS_OF_MANTINE = {
  '--mantine-color-body': 'var(--bg)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--brand-ink)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-error': 'var(--pend-ink)',
  '--mantine-primary-color-filled': 'var(--brand)',
  '--mantine-primary-color-filled-hover': 'var(--brand-hover)',
}
