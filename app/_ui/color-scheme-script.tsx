// React escapes quotes, ampersands and angle brackets inside a script, so this text has none of them.
const SCRIPT = [
  'const root=document.documentElement;let scheme=null;',
  // A browser that keeps nothing for pages throws here: then the system's scheme it is.
  'try{scheme=localStorage.getItem(`mantine-color-scheme-value`)}catch{scheme=null}',
  'if(![`light`,`dark`].includes(scheme))',
  'scheme=matchMedia(`(prefers-color-scheme: dark)`).matches?`dark`:`light`;',
  'root.setAttribute(`data-mantine-color-scheme`,scheme)',
].join('')

/**
 * Sets the scheme before the first paint: the member's choice (Mantine keeps it under this key), else the
 * system's. It is our own because Mantine's would bring Mantine into the public pages.
 */
export function ColorSchemeScript({ nonce }: { nonce: string }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {SCRIPT}
    </script>
  )
}
