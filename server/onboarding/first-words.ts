/** What a new company is given to begin with, in the language of its owner; all of it can be renamed. */
export const firstWords = {
  es: { team: 'Atención al cliente', simulator: 'Simulador' },
  en: { team: 'Customer care', simulator: 'Simulator' },
  pt: { team: 'Atendimento', simulator: 'Simulador' },
} as const
