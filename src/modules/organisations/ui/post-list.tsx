import { Button } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../../platform/web/i18n.tsx';
import type { PostItem } from '../contract.ts';
import { EndPostDialog } from './end-post-dialog.tsx';
import { personName, postName, scopeText, termText } from './names.ts';

/** The posts of one body: who, as what, where, until when. */
export function PostList({ posts }: { posts: readonly PostItem[] }) {
  const { t, locale } = useTexts();
  const [ending, setEnding] = useState<PostItem | null>(null);
  return (
    <>
      <ul className="org-posts">
        {posts.map((post) => (
          <li key={post.id} className={post.state}>
            <span className="grow">
              <b>{personName(locale, post.person)}</b> {postName(t, locale, post)}
              <br />
              <small className="soft">
                {scopeText(t, post)} · {lanesText(t, post)} · {termText(t, post)}
              </small>
            </span>
            {post.person.phone && post.state !== 'over' && <span className="num">{post.person.phone}</span>}
            <PostState post={post} />
            {post.endRefusal === null && (
              <Button size="small" onClick={() => setEnding(post)}>
                {t('organisations.ui.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {ending && <EndPostDialog post={ending} onClose={() => setEnding(null)} />}
    </>
  );
}

export function PostState({ post }: { post: Pick<PostItem, 'state'> }) {
  const { t } = useTexts();
  return <span className={`org-state ${post.state}`}>{t(`organisations.ui.state.${post.state}`)}</span>;
}

export function lanesText(t: (key: string) => string, post: Pick<PostItem, 'lanes'>): string {
  if (post.lanes === null) return t('organisations.ui.lanes_all');
  return post.lanes.map((lane) => t(`organisations.lane.${lane}`)).join('、');
}
