'use client'

import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { Kbd } from './kbd'
import styles from './menu.module.css'
import { Popover, type PopoverPlace } from './popover'

export type MenuItem =
  | {
      kind?: 'action'
      id: string
      label: string
      icon?: ReactNode
      /** Said at the right, in small: a count, a state. */
      hint?: string
      keyHint?: string
      /** Given: the item is one of a set, and this is whether it holds. */
      checked?: boolean
      tone?: 'plain' | 'danger'
      onSelect: () => void
    }
  | { kind: 'heading'; id: string; label: string }
  | { kind: 'line'; id: string }

type MenuProps = {
  label: string
  items: MenuItem[]
  place?: PopoverPlace
  trigger: Parameters<typeof Popover>[0]['trigger']
}

/** A short list of commands at its trigger. Arrows move, Enter chooses, Escape leaves. */
export function Menu({ label, items, place = 'bottom-start', trigger }: MenuProps) {
  return (
    <Popover label={label} role="menu" place={place} trigger={trigger}>
      {(close) => <MenuItems items={items} close={close} />}
    </Popover>
  )
}

function MenuItems({ items, close }: { items: MenuItem[]; close: () => void }) {
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const checked = list.current?.querySelector<HTMLElement>('[aria-checked="true"]')
    const first = list.current?.querySelector<HTMLElement>('button')
    ;(checked ?? first)?.focus()
  }, [])

  const move = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(event.currentTarget)
    const next = step === 'first' ? 0 : step === 'last' ? -1 : (at + step) % buttons.length
    buttons.at(next)?.focus()
  }

  return (
    <div ref={list}>
      {items.map((item) => {
        if (item.kind === 'line') return <div key={item.id} className={styles.line} />
        if (item.kind === 'heading') {
          return (
            <div key={item.id} className={styles.heading}>
              {item.label}
            </div>
          )
        }
        return (
          <button
            key={item.id}
            type="button"
            {...(item.checked === undefined
              ? { role: 'menuitem' }
              : { role: 'menuitemradio', 'aria-checked': item.checked })}
            className={`${styles.item} ${item.tone === 'danger' ? styles.danger : ''}`}
            onKeyDown={move}
            onClick={() => {
              close()
              item.onSelect()
            }}
          >
            {item.icon ? <span className={styles.icon}>{item.icon}</span> : null}
            <span className={styles.label}>{item.label}</span>
            {item.hint ? <span className={styles.hint}>{item.hint}</span> : null}
            {item.keyHint ? <Kbd onWideOnly>{item.keyHint}</Kbd> : null}
            {item.checked ? <Check size={16} className={styles.check} aria-hidden="true" /> : null}
          </button>
        )
      })}
    </div>
  )
}

const STEPS: Record<string, 1 | -1 | 'first' | 'last'> = {
  ArrowDown: 1,
  ArrowUp: -1,
  Home: 'first',
  End: 'last',
}
