import type { Module } from '../../platform/app.ts';
import type { Contract } from '../../platform/http/contract.ts';
import * as contracts from './contract.ts';
import { routes } from './routes.ts';
import { organisationResolver, postResolver } from './targets.ts';
import { organisationsTexts } from './texts.ts';
import { enterPerson } from './write-posts.ts';

const all: readonly Contract[] = [
  contracts.listOrganisations,
  contracts.listKinds,
  contracts.addKind,
  contracts.readOrganisation,
  contracts.createOrganisation,
  contracts.changeOrganisation,
  contracts.closeOrganisation,
  contracts.createPost,
  contracts.endPost,
  contracts.listPosts,
  contracts.listMyPosts,
  contracts.listPeople,
  contracts.changePerson,
  contracts.listVacancies,
  contracts.listGridTeams,
  contracts.readPublicGrid,
];

const READ = 'organisations.read';
const POSTS = 'posts.read';

export const organisationsModule: Module = {
  name: 'organisations',
  texts: organisationsTexts,
  refusals: {
    'organisations.not_found': 404,
    'organisations.post_not_found': 404,
    'organisations.grid_unknown': 404,
    'organisations.stale': 409,
    'organisations.closed': 409,
    'organisations.kind_unknown': 422,
    'organisations.kind_taken': 409,
    'organisations.kind_level': 422,
    'organisations.area_unknown': 422,
    'organisations.name_taken': 409,
    'organisations.line_unknown': 422,
    'organisations.line_circle': 422,
    'organisations.has_subordinates': 409,
    'organisations.in_use': 409,
    'organisations.ending_in_past': 422,
    'organisations.ending_after_term': 422,
    'organisations.post_over': 409,
    'organisations.last_administrator': 409,
    'organisations.person_unknown': 422,
    'organisations.scope_empty': 422,
    'organisations.term_backwards': 422,
    'organisations.scope_outside': 422,
    'organisations.grid_role_needed': 422,
    'organisations.grid_role_needless': 422,
    'organisations.grid_code_needed': 422,
    'organisations.full_time_one_grid': 422,
    'organisations.full_time_taken': 409,
    'organisations.post_overlaps': 409,
    'organisations.beyond_own_scope': 403,
    'organisations.role_reserved': 403,
    'organisations.offices_apart': 409,
  },
  // Bodies are public, so every officer may look them up; who works there is for those who deal with posts.
  grants: {
    grid_worker: [READ],
    community_worker: [READ],
    dispatcher: [READ, POSTS],
    handler: [READ],
    verifier: [READ],
    supervisor: [READ, POSTS],
    evaluator: [READ, POSTS],
    administrator: [READ, POSTS, 'organisations.manage', 'posts.manage'],
    security_administrator: [READ, POSTS],
    auditor: [READ, POSTS],
  },
  contracts: all,
  routes,
  consumers: (app) => [
    {
      // Whoever gets an account can be found by name and given a post.
      name: 'organisations.people',
      kinds: ['account.created'],
      handle: async ({ subject }, tx) => {
        const account = await app.auth.findAccountById(subject);
        if (account) await enterPerson(tx, { userId: account.id, name: account.name });
      },
    },
  ],
  targets: (app) => ({
    organisation: organisationResolver(app.permissions),
    post: postResolver(app.permissions),
  }),
};
