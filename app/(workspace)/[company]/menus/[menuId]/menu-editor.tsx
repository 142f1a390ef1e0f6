'use client'

import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { reasonOf } from '@/app/_client/refusal'
import { MEDIA, useMedia } from '@/app/_client/use-media'
import { useReason } from '@/app/_client/use-reason'
import { Button } from '@/app/_ui/button'
import { PageFrame } from '@/app/_ui/page-frame'
import { showToast } from '@/app/_ui/toast'
import type { EditedMenu, VersionRow } from '@/server/menu/schema'
import { DraftBar } from './draft-bar'
import type { Selection } from './editing'
import styles from './editor.module.css'
import { MenuTree, type Team } from './menu-tree'
import { PhonePreview } from './phone-preview'
import { PlaceForm } from './place-form'
import { problemsOf } from './problems'
import { ProblemsList } from './problems-list'
import { useDraft } from './use-draft'
import { useNewPlaces } from './use-new-places'

type MenuEditorProps = { menu: EditedMenu; teams: readonly Team[]; mayEdit: boolean }

/** A menu's tree, the words of one place in it, and a phone to try it on. */
export function MenuEditor({ menu: first, teams, mayEdit }: MenuEditorProps) {
  const t = useTranslations('menus')
  const words = useTranslations('common')
  const sayReason = useReason()
  const draft = useDraft(first)
  const { menu, definition } = draft
  const [selection, setSelection] = useState<Selection>({
    kind: 'screen',
    screenId: definition.firstScreenId,
  })
  const middle = useRef<HTMLElement>(null)
  const isPhone = useMedia(MEDIA.phone)
  const select = (place: Selection) => {
    setSelection(place)
    // On a phone the words stand below the tree, out of sight.
    if (isPhone) middle.current?.scrollIntoView()
  }
  const newPlaces = useNewPlaces(draft.edit, select)
  const [isPublishing, setPublishing] = useState(false)

  const problems = problemsOf(
    definition,
    teams.map(({ id }) => id),
  )
  const errorCount = problems.filter(({ severity }) => severity === 'error').length

  const sayRefusal = (error: unknown) => showToast({ message: sayReason(reasonOf(error)), tone: 'bad' })
  const publish = async () => {
    setPublishing(true)
    try {
      const number = await draft.publish()
      if (number !== null) await showToast({ message: t('publishDone', { number }) })
    } catch (error) {
      await sayRefusal(error)
    } finally {
      setPublishing(false)
    }
  }
  const restore = async ({ id, number }: VersionRow) => {
    try {
      const before = await draft.restore(id)
      await showToast({
        message: t('versions.restored', { number }),
        undo: { label: words('undo'), onUndo: () => draft.edit(() => before) },
      })
    } catch (error) {
      await sayRefusal(error)
    }
  }

  return (
    <PageFrame
      title={menu.name}
      remark={t('channels', { count: menu.channels.length })}
      actions={
        mayEdit ? (
          <Button
            look="primary"
            disabled={errorCount > 0 || !draft.hasDraft || draft.saveState === 'changed' || isPublishing}
            onClick={() => void publish()}
          >
            {isPublishing ? t('publishing') : t('publish')}
          </Button>
        ) : null
      }
      bar={
        <DraftBar
          menu={menu}
          saveState={draft.saveState}
          hasDraft={draft.hasDraft}
          errorCount={errorCount}
          mayEdit={mayEdit}
          onRetry={() => void draft.save()}
          onLoad={() => void draft.load().catch(sayRefusal)}
          onRestore={(version) => void restore(version)}
        />
      }
      body="flush"
    >
      <div className={styles.editor}>
        <MenuTree
          menu={definition}
          teams={teams}
          problems={problems}
          selection={selection}
          onSelect={select}
          onAddScreen={mayEdit ? newPlaces.addLooseScreen : undefined}
        />
        <section className={styles.middle} ref={middle}>
          <PlaceForm
            menu={definition}
            teams={teams}
            selection={selection}
            disabled={!mayEdit}
            edit={draft.edit}
            newPlaces={newPlaces}
            onSelect={select}
          />
          <ProblemsList problems={problems} onSelect={select} />
        </section>
        <PhonePreview menu={definition} teams={teams} />
      </div>
    </PageFrame>
  )
}
