'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Avatar, initialsOf } from '@/app/_ui/avatar'
import type { MemberRow, TeamRow } from '@/server/members/schema'
import styles from './pass-picker.module.css'
import { teamColour } from './views'

export type PassTarget =
  | { kind: 'member'; id: string; name: string }
  | { kind: 'team'; id: string; name: string }

type PassPickerProps = {
  members: readonly MemberRow[]
  teams: readonly TeamRow[]
  /** Who holds the chat now: not offered. */
  assigneeId: string | null
  memberId: string
  onPass: (target: PassTarget, note: string) => void
}

/** To whom: people with their load, teams, and a note for whoever gets it. */
export function PassPicker({ members, teams, assigneeId, memberId, onPass }: PassPickerProps) {
  const t = useTranslations('inbox.pass')
  const words = useTranslations('common')
  const [search, setSearch] = useState('')
  const [note, setNote] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => field.current?.focus(), [])

  const matches = (name: string) => simplified(name).includes(simplified(search))
  const people = members.filter(({ id, name }) => id !== assigneeId && matches(name))
  const areas = teams.filter(({ name }) => matches(name))

  const move = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const options = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = options.indexOf(event.currentTarget)
    const next = at + (event.key === 'ArrowDown' ? 1 : -1)
    if (next < 0) field.current?.focus()
    else options[Math.min(next, options.length - 1)]?.focus()
  }

  return (
    <div className={styles.picker}>
      <input
        ref={field}
        className={styles.search}
        value={search}
        placeholder={t('search')}
        aria-label={t('search')}
        onChange={(event) => setSearch(event.target.value)}
        onKeyDown={(event) => {
          const first = list.current?.querySelector('button')
          if (event.key === 'Enter') first?.click()
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          first?.focus()
        }}
      />
      <div ref={list} className={styles.list}>
        {people.length > 0 ? <h3>{t('people')}</h3> : null}
        {people.map(({ id, name, availability, active, capacity }) => (
          <button
            key={id}
            type="button"
            onKeyDown={move}
            onClick={() => onPass({ kind: 'member', id, name }, note.trim())}
          >
            <Avatar id={id} initials={initialsOf(name)} size={24} />
            <span className={styles.name}>{id === memberId ? words('nameYou', { name }) : name}</span>
            <small>{availability === 'available' ? t('free', { active, capacity }) : t('away')}</small>
          </button>
        ))}
        {areas.length > 0 ? <h3>{t('teams')}</h3> : null}
        {areas.map(({ id, name, colour }) => (
          <button
            key={id}
            type="button"
            onKeyDown={move}
            onClick={() => onPass({ kind: 'team', id, name }, note.trim())}
          >
            <span className={styles.dot} style={{ background: teamColour(colour) }} aria-hidden="true" />
            <span className={styles.name}>{name}</span>
          </button>
        ))}
        {people.length + areas.length === 0 ? <p className={styles.nothing}>{t('nothing')}</p> : null}
      </div>
      <input
        className={styles.note}
        value={note}
        placeholder={t('noteHint')}
        aria-label={t('note')}
        maxLength={1000}
        onChange={(event) => setNote(event.target.value)}
      />
    </div>
  )
}

/** Small letters without accents: "jose" finds "José". */
function simplified(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
