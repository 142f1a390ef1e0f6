import { type MenuDefinition, type MenuLocale, menuDefinitionSchema, type Trade } from './schema'
import { tradeTemplates, type Words } from './template-words'

/** The teams that a template's options lead to, for a company to make or to map to its own. */
export function teamsOfTemplate(trade: Trade, locale: MenuLocale): { key: string; name: string }[] {
  return Object.entries(tradeTemplates[trade].teams).map(([key, name]) => ({ key, name: name[locale] }))
}

/**
 * A menu to begin with, ready to publish.
 * @param company greets in its name.
 * @param teamIdOf the team for each key of teamsOfTemplate; `front` takes those who ask for a person.
 * @param newId makes the options' ids, by which reports count: never the same in two menus.
 */
export function menuFromTemplate(
  trade: Trade,
  locale: MenuLocale,
  { company, teamIdOf, newId }: { company: string; teamIdOf: (key: string) => string; newId: () => string },
): MenuDefinition {
  const says = (words: Words) => words[locale].replaceAll('{company}', () => company)
  const { screens } = tradeTemplates[trade]
  return menuDefinitionSchema.parse({
    firstScreenId: screens[0]?.id,
    screens: screens.map(({ id, name, text, options }) => ({
      id,
      name: says(name),
      text: says(text),
      options: options.map(({ key, label, synonyms, leadsTo }) => ({
        id: newId(),
        key,
        label: says(label),
        synonyms: synonyms ? says(synonyms).split(', ') : [],
        leadsTo: leadsTo.kind === 'team' ? { kind: 'team', teamId: teamIdOf(leadsTo.team) } : leadsTo,
      })),
    })),
    fallbackTeamId: teamIdOf('front'),
    handOverText: handOverWords[locale],
    waitingText: waitingWords[locale],
    missText: missWords[locale],
  })
}

const handOverWords: Words = {
  es: 'Listo. En un momento te atiende {team}.',
  en: 'Done. {team} will be with you in a moment.',
  pt: 'Pronto. Em um momento {team} atende você.',
}
const waitingWords: Words = {
  es: 'En este momento todos están atendiendo. Te respondemos en orden de llegada.',
  en: 'Everyone is busy right now. We answer in order of arrival.',
  pt: 'No momento todos estão atendendo. Respondemos por ordem de chegada.',
}
const missWords: Words = {
  es: 'No te entendí. Responde con el número de una opción, o escribe «asesor».',
  en: 'I did not get that. Answer with the number of an option, or write “agent”.',
  pt: 'Não entendi. Responda com o número de uma opção, ou escreva “atendente”.',
}
