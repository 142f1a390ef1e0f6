'use client'

import { useEffect, useRef, useState } from 'react'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPCClient } from '@/app/_client/trpc'
import type { EditedMenu, MenuDefinition, SeenDraft } from '@/server/menu/schema'
import { missingTexts } from './editing'

export type SaveState = 'saved' | 'saving' | 'incomplete' | 'failed' | 'changed'

/** Long enough that a word is one save, short enough that a closed window loses none. */
const PAUSE_MILLISECONDS = 800

const seenOf = ({ draft }: EditedMenu): SeenDraft =>
  draft ? { versionId: draft.id, updatedAt: draft.updatedAt } : null

/**
 * The menu being edited, saved by itself a moment after each change. Saves, publications and restorations go one after
 * another. Somebody else's save in between stops ours (`changed`) until theirs are loaded.
 */
export function useDraft(first: EditedMenu) {
  const client = useTRPCClient()
  const menuId = first.id
  const [menu, setMenu] = useState(first)
  const [definition, setDefinition] = useState(first.definition)
  const [saveState, setSaveState] = useState<SaveState>('saved')
  const [hasDraft, setHasDraft] = useState(first.draft !== null)
  // What runs in the background reads: the newest words, the words the server has, and the draft we have seen of it.
  const latest = useRef(first.definition)
  const stored = useRef(first.definition)
  const seen = useRef(seenOf(first))
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const inLine = <Result>(work: () => Promise<Result>): Promise<Result> => {
    clearTimeout(timer.current)
    const run = line.current.then(work)
    // Whoever asked hears of a failure; the next in line goes on.
    line.current = run.then(
      () => undefined,
      () => undefined,
    )
    return run
  }

  const saveAll = async (): Promise<boolean> => {
    while (latest.current !== stored.current) {
      const next = latest.current
      if (missingTexts(next).length > 0) {
        setSaveState('incomplete')
        return false
      }
      setSaveState('saving')
      try {
        const saved = await client.menu.saveDraft.mutate({ menuId, definition: next, seen: seen.current })
        seen.current = { versionId: saved.versionId, updatedAt: saved.updatedAt }
        stored.current = next
        setHasDraft(true)
      } catch (error) {
        setSaveState(reasonOf(error) === 'menuDraftChanged' ? 'changed' : 'failed')
        return false
      }
    }
    setSaveState('saved')
    return true
  }

  /** Takes what the server has, our unsaved words aside. */
  const load = async (): Promise<void> => {
    const fresh = await client.menu.get.query({ menuId })
    latest.current = fresh.definition
    stored.current = fresh.definition
    seen.current = seenOf(fresh)
    setMenu(fresh)
    setDefinition(fresh.definition)
    setHasDraft(fresh.draft !== null)
    setSaveState('saved')
  }

  const save = () => inLine(saveAll)
  const edit = (change: (menu: MenuDefinition) => MenuDefinition): void => {
    const next = change(latest.current)
    if (next === latest.current) return
    latest.current = next
    setDefinition(next)
    if (saveState === 'changed') return
    setSaveState('saving')
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void save(), PAUSE_MILLISECONDS)
  }

  /** @returns the number of the version that speaks now, or null when the words could not be saved first. */
  const publish = () =>
    inLine(async () => {
      if (!(await saveAll())) return null
      const { number } = await client.menu.publish.mutate({ menuId, seen: seen.current })
      // Words written meanwhile begin the next draft.
      seen.current = null
      setHasDraft(false)
      setMenu(await client.menu.get.query({ menuId }))
      return number
    })

  /** @returns the words that stood in the draft before, for an undo. */
  const restore = (versionId: string) =>
    inLine(async () => {
      const before = latest.current
      await client.menu.restore.mutate({ menuId, versionId })
      await load()
      return before
    })

  const leave = useRef(save)
  useEffect(() => {
    leave.current = save
  })
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current !== stored.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      void leave.current()
    }
  }, [])

  return { menu, definition, saveState, hasDraft, edit, save, publish, restore, load: () => inLine(load) }
}
