'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CircleCheck, LoaderCircle, Lock, RotateCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { writePhone } from '@/app/_client/phone-number'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { Button } from '@/app/_ui/button'
import styles from './connect-dialog.module.css'
import { type PairingPhase, phaseOf } from './pairing-phase'
import { QrCode } from './qr-code'
import { RiskNote } from './risk-note'
import { usePairing } from './use-live-channels'
import { Why } from './why'

type PairingStepsProps = { channelId: string; name: string; onClose: () => void }

/** The code with its steps. It always shows the newest one, and turns green when the phone has scanned it. */
export function PairingSteps({ channelId, name, onClose }: PairingStepsProps) {
  const t = useTranslations('channels')
  const words = useTranslations('common')
  const sayReason = useReason()
  const { data, error } = usePairing(channelId)
  const newCode = useNewCode(channelId, data?.state)
  const phase: PairingPhase = data && !newCode.isAsked ? phaseOf(data) : 'preparing'
  const bold = { channel: name, b: (chunks: React.ReactNode) => <b>{chunks}</b> }

  if (data && phase === 'done') {
    return (
      <div className={styles.done} role="status">
        <CircleCheck size={48} aria-hidden="true" />
        {data.address ? <b>{writePhone(data.address)}</b> : null}
        <p>{t('qr.done')}</p>
        <Button look="primary" onClick={onClose} data-autofocus>
          {words('close')}
        </Button>
      </div>
    )
  }

  const refusal = error ?? newCode.error
  return (
    <>
      <div className={styles.pairing}>
        <div className={styles.codeSide}>
          <div className={styles.paper}>
            {phase === 'code' && data?.pairing ? (
              <QrCode code={data.pairing.code} label={t('qr.alt')} />
            ) : phase === 'stopped' ? (
              <Button
                icon={<RotateCw size={16} aria-hidden="true" />}
                onClick={newCode.ask}
                disabled={newCode.isAsked}
              >
                {t('qr.newCode')}
              </Button>
            ) : (
              <LoaderCircle size={28} className={styles.turning} aria-hidden="true" />
            )}
          </div>
          {phase === 'code' && data?.pairing ? <Countdown expiresAt={data.pairing.expiresAt} /> : null}
          <p className={styles.status} role="status">
            {refusal ? sayReason(reasonOf(refusal)) : <PhaseWords phase={phase} />}
          </p>
        </div>
        <div className={styles.wordsSide}>
          {phase === 'code' && data?.pairing?.again ? (
            <p className={styles.again} role="status">
              {t('qr.scanAgain')}
            </p>
          ) : phase === 'code' || phase === 'stopped' ? (
            <WhyLine reason={data?.stateReason ?? null} />
          ) : null}
          <ol className={styles.steps}>
            <li>{t.rich('qr.step1', bold)}</li>
            <li>{t.rich('qr.step2', bold)}</li>
            <li>{t.rich('qr.step3', bold)}</li>
          </ol>
          <RiskNote />
        </div>
      </div>
      <div className={styles.foot}>
        <Lock size={16} aria-hidden="true" />
        <span>{t('qr.stored')}</span>
        <Button onClick={onClose}>{words('close')}</Button>
      </div>
    </>
  )
}

function PhaseWords({ phase }: { phase: PairingPhase }) {
  const t = useTranslations('channels.qr')
  if (phase === 'code') return t('waiting')
  if (phase === 'syncing') return t('syncing')
  if (phase === 'stopped') return t('expired')
  return t('preparing')
}

function WhyLine({ reason }: { reason: string | null }) {
  if (reason === null) return null
  return (
    <p className={styles.quiet}>
      <Why reason={reason} />
    </p>
  )
}

/** "Se renueva en 18 s"; at nought the next code is on its way. */
function Countdown({ expiresAt }: { expiresAt: Date }) {
  const t = useTranslations('channels.qr')
  const [seconds, setSeconds] = useState(() => secondsTo(expiresAt))
  useEffect(() => {
    const tick = () => setSeconds(secondsTo(expiresAt))
    tick()
    const timer = setInterval(tick, 1_000)
    return () => clearInterval(timer)
  }, [expiresAt])
  return <p className={styles.countdown}>{seconds > 0 ? t('renewsIn', { seconds }) : t('renews')}</p>
}

const secondsTo = (moment: Date) => Math.max(0, Math.ceil((moment.getTime() - Date.now()) / 1_000))

/** A worker that gave up begins anew when the channel is let go and wanted again, one after the other. */
function useNewCode(channelId: string, state: string | undefined) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [step, setStep] = useState<'none' | 'letting-go' | 'wanting'>('none')
  const setWanted = useMutation(
    trpc.channels.setWanted.mutationOptions({
      onError: () => setStep('none'),
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.channels.pathKey() }),
    }),
  )
  const { mutate } = setWanted

  useEffect(() => {
    if (step === 'letting-go' && state === 'paused') {
      setStep('wanting')
      mutate({ channelId, wanted: true })
    }
    if (step === 'wanting' && state !== undefined && state !== 'paused') setStep('none')
  }, [step, state, channelId, mutate])

  return {
    isAsked: step !== 'none',
    error: setWanted.error,
    ask: () => {
      setStep('letting-go')
      mutate({ channelId, wanted: false })
    },
  }
}
