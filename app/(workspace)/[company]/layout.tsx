import type { ReactNode } from 'react'
import { CompanyProvider } from '@/app/_client/company'
import { TRPCReactProvider } from '@/app/_client/trpc'
import { WorkspaceShell } from './_shell/workspace-shell'
import { readFrame } from './read-frame'

type CompanyLayoutProps = { params: Promise<{ company: string }>; children: ReactNode }

export default async function CompanyLayout({ params, children }: CompanyLayoutProps) {
  const { company: slug } = await params
  const { company, member } = await readFrame(slug)
  return (
    <TRPCReactProvider company={slug}>
      <CompanyProvider
        frame={{
          slug,
          id: company.id,
          name: company.name,
          timeZone: company.timeZone,
          country: company.country,
          member: { id: member.id, name: member.name, role: member.role },
        }}
        now={Date.now()}
      >
        <WorkspaceShell company={slug} member={member} waitingCount={0} health="fine">
          {children}
        </WorkspaceShell>
      </CompanyProvider>
    </TRPCReactProvider>
  )
}
