/** The letter with the link, in the person's own language. */
export const resetLetter = {
  es: {
    subject: 'Elige una clave nueva · iKono Chat',
    text: (name: string, link: string) =>
      `Hola, ${name}:\n\nPediste cambiar tu clave de iKono Chat. Abre este enlace antes de una hora y elige una nueva:\n\n${link}\n\nSi no fuiste tú, no hagas nada: tu clave sigue siendo la misma.\n`,
  },
  en: {
    subject: 'Choose a new password · iKono Chat',
    text: (name: string, link: string) =>
      `Hello ${name},\n\nYou asked to change your iKono Chat password. Open this link within an hour and choose a new one:\n\n${link}\n\nIf it was not you, do nothing: your password stays the same.\n`,
  },
  pt: {
    subject: 'Escolha uma senha nova · iKono Chat',
    text: (name: string, link: string) =>
      `Olá, ${name}:\n\nVocê pediu para trocar sua senha do iKono Chat. Abra este link em até uma hora e escolha uma nova:\n\n${link}\n\nSe não foi você, não faça nada: sua senha continua a mesma.\n`,
  },
} as const

export const letterLocale = (locale: string): keyof typeof resetLetter =>
  locale === 'en' || locale === 'pt' ? locale : 'es'
