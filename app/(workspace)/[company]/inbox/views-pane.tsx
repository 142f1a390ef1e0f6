'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { useCompany } from '@/app/_client/company'
import { reasonOf } from '@/app/_client/refusal'
import { useTRPC } from '@/app/_client/trpc'
import { useReason } from '@/app/_client/use-reason'
import { useChannelNotice } from '@/app/_parts/use-channel-notice'
import { showToast } from '@/app/_ui/toast'
import type { InboxPlace } from './use-inbox-address'
import { ViewsColumn } from './views-column'
import { ViewsList } from './views-list'
import styles from './views-pane.module.css'

export type CompanyOfMember = { slug: string; name: string }

type ViewsPaneProps = { place: InboxPlace; companies: readonly CompanyOfMember[] }

/** The column at the left: company, availability, views, and a channel that is down. */
export function ViewsPane({ place, companies }: ViewsPaneProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const say = useReason()
  const { slug, name, member } = useCompany()
  const members = useQuery(trpc.members.list.queryOptions())
  const mine = members.data?.find(({ id }) => id === member.id)
  const listKey = trpc.members.list.queryKey()

  const setAvailability = useMutation(
    trpc.members.setAvailability.mutationOptions({
      onMutate: ({ availability }) => {
        queryClient.setQueryData(listKey, (old) =>
          old?.map((other) => (other.id === member.id ? { ...other, availability } : other)),
        )
      },
      onError: (error) => void showToast({ tone: 'bad', message: say(reasonOf(error)) }),
      onSettled: () => void queryClient.invalidateQueries({ queryKey: listKey }),
    }),
  )

  return (
    <ViewsColumn
      companyName={name}
      companyItems={
        companies.length < 2
          ? []
          : companies.map((company) => ({
              id: company.slug,
              label: company.name,
              checked: company.slug === slug,
              // Another company is another page: nothing of this one may stay in memory.
              onSelect: () => window.location.assign(`/${company.slug}/inbox`),
            }))
      }
      mine={mine}
      onAvailability={(availability) => setAvailability.mutate({ availability })}
      notice={<DownNotice />}
    >
      <Views place={place} />
    </ViewsColumn>
  )
}

/** The views with their counts; in the column and in the menu of the list's title. */
export function Views({ place, onChosen }: { place: InboxPlace; onChosen?: () => void }) {
  const trpc = useTRPC()
  const counts = useQuery(trpc.conversations.counts.queryOptions())
  const teams = useQuery(trpc.members.teams.queryOptions())
  return (
    <ViewsList
      current={place.view}
      counts={counts.data}
      teams={teams.data ?? []}
      hrefOf={place.hrefOfView}
      {...(onChosen ? { onChosen } : {})}
    />
  )
}

function DownNotice() {
  const noticeOf = useChannelNotice()
  const trpc = useTRPC()
  const channels = useQuery(trpc.channels.list.queryOptions())
  const down = channels.data?.find(({ wanted, state }) => wanted && state !== 'connected')
  const notice = down && noticeOf(down)
  if (!notice) return null
  return (
    <p className={styles.notice}>
      <TriangleAlert size={15} aria-hidden="true" />
      <span>
        {notice.lead} {notice.text}
      </span>
    </p>
  )
}
