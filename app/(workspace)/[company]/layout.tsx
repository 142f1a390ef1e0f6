import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { CompanyProvider } from '@/app/_client/company'
import { RealtimeProvider } from '@/app/_client/realtime'
import { TRPCReactProvider } from '@/app/_client/trpc'
import { realtimeSettings } from '@/server/realtime/public-settings'
import { WorkspaceShell } from './_shell/workspace-shell'
import { readFrame, readNews } from './read-frame'

type CompanyLayoutProps = { params: Promise<{ company: string }>; children: ReactNode }

export default async function CompanyLayout({ params, children }: CompanyLayoutProps) {
  const { company: slug } = await params
  const [{ company, member, hearing }, news] = await Promise.all([readFrame(slug), readNews(slug)])
  return (
    <TRPCReactProvider company={slug}>
      <CompanyProvider
        frame={{
          slug,
          id: company.id,
          name: company.name,
          timeZone: company.timeZone,
          country: company.country,
          firstAnswerGoalSeconds: company.firstAnswerGoalSeconds,
          member: { id: member.id, name: member.name, role: member.role },
        }}
        now={Date.now()}
      >
        <RealtimeProvider
          settings={realtimeSettings()}
          hearing={{
            ...hearing,
            company: slug,
            tenantId: company.id,
            memberId: member.id,
            role: member.role,
          }}
        >
          <NuqsAdapter>
            <WorkspaceShell company={slug} member={member} news={news}>
              {children}
            </WorkspaceShell>
          </NuqsAdapter>
        </RealtimeProvider>
      </CompanyProvider>
    </TRPCReactProvider>
  )
}
