/** The first that every guesser tries, in the three languages of the product; compared without digits at the end. */
const TRIVIAL = new Set(
  [
    'password contraseña contrasena senha clave administrador administrator adminadmin qwertyuiop qwertyuiopasdf',
    'asdfghjkl asdfghjklñ zxcvbnm iloveyou teamomucho tequieromucho estrellita abcdefghij abcdefghijk letmein',
    'welcome bienvenido bienvenidos bemvindo whatsapp instagram empresa miempresa minhaempresa changeme',
    'mipassword micontraseña passwordpassword clavesegura senhasegura ikonochat qazwsxedc',
  ]
    .join(' ')
    .split(' '),
)

/**
 * @param known what a guesser knows of the person: e-mail, own name, company.
 * @returns a key under `errors`, or null when the password will do. Length is the schema's matter.
 */
export function whyNotPassword(password: string, known: readonly string[]): string | null {
  const plain = password.toLowerCase()
  const letters = plain.replace(/[\d\W_]+$/u, '')
  if (TRIVIAL.has(plain) || TRIVIAL.has(letters)) return 'passwordTrivial'
  if (new Set(plain).size < 4 || isRun(plain)) return 'passwordTrivial'
  const words = known.flatMap((word) => [word, word.split('@')[0] ?? '']).map(bare)
  return words.some((word) => word.length > 3 && [bare(plain), bare(letters)].includes(word))
    ? 'passwordIsYourName'
    : null
}

/** Letters and digits only, without accents: what a guesser would type. */
const bare = (word: string) =>
  word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** 1234567890, abcdefghij and their reverse: each character one step from the last. */
function isRun(text: string): boolean {
  const steps = new Set<number>()
  for (let at = 1; at < text.length; at += 1) {
    const step = (text.charCodeAt(at) - text.charCodeAt(at - 1) + 10) % 10
    steps.add(step)
  }
  return steps.size === 1 && (steps.has(1) || steps.has(9))
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

/** "Chrome · Windows", as the list of open sessions shows it; '' when the browser says nothing. */
export function describeDevice(userAgent: string): string {
  const nameOf = (table: readonly [RegExp, string][]) =>
    table.find(([pattern]) => pattern.test(userAgent))?.[1]
  return [nameOf(BROWSERS), nameOf(SYSTEMS)].filter(Boolean).join(' · ')
}
