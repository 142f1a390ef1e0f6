'use client'

import { useTranslations } from 'next-intl'
import type { ThreadEvent } from '@/server/conversations/schema'

/** One event of the thread in words, small letters first: "se asignó a Marisol". */
export function useEventWords(): (event: ThreadEvent) => string {
  const t = useTranslations('inbox.event')
  return (event) => {
    const { teamName, optionLabel } = event
    const actor = event.actorName ?? t('system')
    switch (event.type) {
      case 'option-chosen':
        return t('option', { option: optionLabel ?? '' })
      case 'menu-missed':
        return t('menuMissed')
      case 'abandoned':
        return t('abandoned')
      case 'line-entered':
        if (event.actorKind === 'member' && teamName) return t('passedTeam', { actor, team: teamName })
        return teamName ? t('lineTeam', { team: teamName }) : t('line')
      case 'assigned':
        return assignedWords(event, actor)
      case 'resolved':
        return t('resolved', { actor })
      case 'resolution-undone':
        return t('resolutionUndone', { actor })
      default:
        return t('other')
    }
  }

  function assignedWords(event: ThreadEvent, actor: string): string {
    const member = event.memberName ?? t('someone')
    if (event.actorKind !== 'member') return t('assigned', { member })
    return event.actorName === event.memberName
      ? t('taken', { member })
      : t('passedMember', { actor, member })
  }
}
