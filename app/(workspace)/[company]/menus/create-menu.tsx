'use client'

import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useFormats } from '@/app/_client/use-formats'
import { useReason } from '@/app/_client/use-reason'
import { Button } from '@/app/_ui/button'
import { SelectField } from '@/app/_ui/field'
import type { Trade } from '@/server/menu/schema'
import styles from './menus.module.css'

const TRADES: readonly Trade[] = ['clinic', 'shop', 'internet', 'school', 'restaurant', 'blank']

/** A first menu for a company that has none. */
export function CreateMenu({ company }: { company: string }) {
  const t = useTranslations('menus')
  const sayReason = useReason()
  const router = useRouter()
  const { locale } = useFormats()
  const [trade, setTrade] = useState<Trade>('shop')
  const create = useMutation(
    useTRPC().menu.create.mutationOptions({
      onSuccess: ({ menuId }) => router.push(`/${company}/menus/${menuId}`),
    }),
  )

  const submit = (event: FormEvent) => {
    event.preventDefault()
    create.mutate({ name: t('main'), trade, locale })
  }

  return (
    <form className={styles.create} onSubmit={submit}>
      <SelectField
        label={t('empty.trade')}
        value={trade}
        error={create.error ? sayReason(reasonOf(create.error)) : undefined}
        onChange={(event) => setTrade(TRADES.find((known) => known === event.target.value) ?? 'shop')}
      >
        {TRADES.map((known) => (
          <option key={known} value={known}>
            {t(`trades.${known}`)}
          </option>
        ))}
      </SelectField>
      <Button type="submit" look="primary" disabled={create.isPending}>
        {t('empty.create')}
      </Button>
    </form>
  )
}
