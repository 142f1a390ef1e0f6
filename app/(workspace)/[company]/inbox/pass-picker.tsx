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

/** `assign` gives the chat to a person, at once; `transfer` passes it to a team or a person with a note. */
export type PickerKind = 'assign' | 'transfer'

type PassPickerProps = {
  kind: PickerKind
  members: readonly MemberRow[]
  teams: readonly TeamRow[]
  /** Who holds the chat now: not offered. */
  assigneeId: string | null
  memberId: string
  onPass: (target: PassTarget, note: string) => void
}

/** To whom: people with their load; to pass on, teams before them and a note for whoever gets it. */
export function PassPicker({ kind, members, teams, assigneeId, memberId, onPass }: PassPickerProps) {
  const t = useTranslations('inbox.pass')
  const isTransfer = kind === 'transfer'
  const words = useTranslations('common')
  const [search, setSearch] = useState('')
  const [note, setNote] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => field.current?.focus(), [])

  const matches = (name: string) => simplified(name).includes(simplified(search))
  const people = members
    .filter(({ id, name }) => id !== assigneeId && matches(name))
    // The reader first, then who is there; within these by name, as they came.
    .sort((left, right) => placeOf(left) - placeOf(right))
  const areas = isTransfer ? teams.filter(({ name }) => matches(name)) : []

  function placeOf({ id, availability }: MemberRow): number {
    if (id === memberId) return 0
    return availability === 'available' ? 1 : 2
  }

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
        placeholder={t(isTransfer ? 'search' : 'searchPerson')}
        aria-label={t(isTransfer ? 'search' : 'searchPerson')}
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
        {areas.length > 0 ? <h2>{t('teams')}</h2> : null}
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
        {isTransfer && people.length > 0 ? <h2>{t('people')}</h2> : null}
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
        {people.length + areas.length === 0 ? <p className={styles.nothing}>{t('nothing')}</p> : null}
      </div>
      {isTransfer ? (
        <input
          className={styles.note}
          value={note}
          placeholder={t('noteHint')}
          aria-label={t('note')}
          maxLength={1000}
          onChange={(event) => setNote(event.target.value)}
        />
      ) : null}
    </div>
  )
}

/** Small letters without accents: "jose" finds "José". */
function simplified(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
