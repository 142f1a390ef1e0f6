import { describe, expect, test } from 'vitest'
import { newId } from '@/server/kernel/ids'
import { checkMenu, decideNextStep, renderScreen } from './rules'
import { trades } from './schema'
import { menuFromTemplate, teamsOfTemplate } from './templates'

const locales = ['es', 'en', 'pt'] as const

describe.each(trades)('the menu of a %s', (trade) => {
  test.each(locales)('is ready to publish in %s', (locale) => {
    const menu = menuFromTemplate(trade, locale, {
      company: 'Aurora & $1 Hermanos',
      teamIdOf: (key) => `team of ${key}`,
      newId,
    })
    const teamIds = teamsOfTemplate(trade, locale).map(({ key }) => `team of ${key}`)

    expect(checkMenu(menu, teamIds)).toEqual([])
    expect(renderScreen(menu, menu.firstScreenId, { numbers: true })).toContain('Aurora & $1 Hermanos')
    expect(decideNextStep(menu, { at: 'screen', screenId: menu.firstScreenId, misses: 0 }, 'asesor').do).toBe(
      'handOver',
    )
  })

  test('names its teams in each language', () => {
    for (const locale of locales) {
      const names = teamsOfTemplate(trade, locale).map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
    }
  })
})
