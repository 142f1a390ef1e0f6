import type { LetterPart } from '@/server/mail/body'

type Words = { subject: string; parts: (name: string, link: string) => LetterPart[] }

/** The letter with the link, in the person's own language. */
export const resetLetter: Record<'es' | 'en' | 'pt', Words> = {
  es: {
    subject: 'Elige una clave nueva · iKono Chat',
    parts: (name, link) => [
      `Hola, ${name}:`,
      'Pediste cambiar tu clave de iKono Chat. Abre este enlace antes de una hora y elige una nueva:',
      { link, label: 'Elegir una clave nueva' },
      'Si no fuiste tú, no hagas nada: tu clave sigue siendo la misma.',
    ],
  },
  en: {
    subject: 'Choose a new password · iKono Chat',
    parts: (name, link) => [
      `Hello ${name},`,
      'You asked to change your iKono Chat password. Open this link within an hour and choose a new one:',
      { link, label: 'Choose a new password' },
      'If it was not you, do nothing: your password stays the same.',
    ],
  },
  pt: {
    subject: 'Escolha uma senha nova · iKono Chat',
    parts: (name, link) => [
      `Olá, ${name}:`,
      'Você pediu para trocar sua senha do iKono Chat. Abra este link em até uma hora e escolha uma nova:',
      { link, label: 'Escolher uma senha nova' },
      'Se não foi você, não faça nada: sua senha continua a mesma.',
    ],
  },
}

export const letterLocale = (locale: string): keyof typeof resetLetter =>
  locale === 'en' || locale === 'pt' ? locale : 'es'
