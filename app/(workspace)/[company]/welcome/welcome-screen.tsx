'use client'

import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { useEffect, useRef } from 'react'
import type { FirstRun } from '@/server/onboarding/schema'
import { useFirstRun } from '../_shell/use-first-run'
import { TemplateStep } from './template-step'
import { TryStep } from './try-step'
import styles from './welcome.module.css'
import { WelcomeHeader } from './welcome-header'

type WelcomeScreenProps = { first: FirstRun; channelId: string }

/** Two steps after the sign-up: choose a menu, then be one's own first customer. The facts say which comes. */
export function WelcomeScreen({ first, channelId }: WelcomeScreenProps) {
  const firstRun = useFirstRun(first) ?? first
  const [wanted, setWanted] = useQueryState('step', parseAsStringLiteral(['menu']))
  const isChoosing = firstRun.mayChoose && (wanted === 'menu' || !firstRun.steps.menu)
  const scroller = useFocusOnStep(isChoosing)

  return (
    <div className={styles.page} data-whole-page="" ref={scroller}>
      <WelcomeHeader
        isChoosing={isChoosing}
        onMenu={firstRun.mayChoose && !isChoosing ? () => void setWanted('menu') : null}
      />
      {isChoosing ? (
        <TemplateStep isAnother={firstRun.steps.menu} onDone={() => void setWanted(null)} />
      ) : (
        <TryStep
          firstRun={firstRun}
          channelId={channelId}
          onMenu={firstRun.mayChoose ? () => void setWanted('menu') : null}
        />
      )}
    </div>
  )
}

/** Another step is another page to whoever reads it: it begins at its title. */
function useFocusOnStep(isChoosing: boolean) {
  const scroller = useRef<HTMLDivElement>(null)
  const shown = useRef(isChoosing)
  useEffect(() => {
    if (shown.current === isChoosing) return
    shown.current = isChoosing
    scroller.current?.scrollTo({ top: 0 })
    scroller.current?.querySelector('h1')?.focus({ preventScroll: true })
  }, [isChoosing])
  return scroller
}
