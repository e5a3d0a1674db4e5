export { loadOrganisations } from './load.ts';
export { organisationsModule } from './module.ts';
export { type ReferenceCheck, registerReferenceCheck } from './references.ts';
export {
  COMMAND_CENTRE,
  GOVERNMENT,
  type Organisation,
  type OrganisationKind,
  type OrganisationLevel,
  VILLAGE,
} from './rules/organisation.ts';
export { GRID_ROLES, type GridRole, type HeldPost, isGridCode } from './rules/post.ts';
export {
  commandCentreFor,
  countyCommandCentre,
  findOrganisation,
  findOrganisationByKind,
  findStation,
  type GridMember,
  getOrganisation,
  gridTeam,
  gridTeams,
  type Holder,
  holders,
  organisationKinds,
  organisationNames,
  type OrganisationNames,
  organisationsNear,
  organisationsOf,
  personNames,
  postsOfUser,
  villageOrganisation,
} from './store.ts';
export { createPost, endPost, findPost, type NewPost, type Person, savePerson } from './write-posts.ts';
