import { procedureFor, router } from '@/server/trpc/procedures'
import { createMenuFromTemplate, publishMenu, restoreVersion, saveDraft } from './commands'
import { getMenu, listMenus, listVersions } from './queries'
import { createMenuInput, menuInput, publishMenuInput, restoreVersionInput, saveDraftInput } from './schema'

const reader = procedureFor(['owner', 'admin', 'supervisor'])
const editor = procedureFor(['owner', 'admin'])

export const menuRouter = router({
  list: reader.query(({ ctx }) => listMenus(ctx.tenant)),
  get: reader.input(menuInput).query(({ ctx, input }) => getMenu(ctx.tenant, input.menuId)),
  versions: reader.input(menuInput).query(({ ctx, input }) => listVersions(ctx.tenant, input.menuId)),
  create: editor
    .input(createMenuInput)
    .mutation(({ ctx, input }) => createMenuFromTemplate(ctx.tenant, input)),
  saveDraft: editor.input(saveDraftInput).mutation(({ ctx, input }) => saveDraft(ctx.tenant, input)),
  publish: editor.input(publishMenuInput).mutation(({ ctx, input }) => publishMenu(ctx.tenant, input)),
  restore: editor.input(restoreVersionInput).mutation(({ ctx, input }) => restoreVersion(ctx.tenant, input)),
})
