/** What a new company is given to begin with, in the language of its owner; all of it can be renamed. */
export const firstWords = {
  es: { menu: 'Menú principal', simulator: 'Simulador' },
  en: { menu: 'Main menu', simulator: 'Simulator' },
  pt: { menu: 'Menu principal', simulator: 'Simulador' },
} as const
