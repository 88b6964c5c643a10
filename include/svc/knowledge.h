/* The knowledge base: what is known of faults and how they are put right, article by article. Articles are added and edited as
   records (SVC_ARTICLE); here is what else happens to them. */
#ifndef SVC_KNOWLEDGE_H
#define SVC_KNOWLEDGE_H

#include "svc/desk.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A draft, or one that was retired, is there for everybody. SVC_REFUSED when it is published already, or says no solution. */
SVC_PUBLIC int svc_article_publish(struct svc_desk *desk, int64_t article, struct svc_error *err);
/* It is no longer found by those who search. SVC_REFUSED unless it was published, or is a draft. */
SVC_PUBLIC int svc_article_retire(struct svc_desk *desk, int64_t article, struct svc_error *err);
/* It served for a ticket, and counts as used once more; the ticket's story tells of it. SVC_REFUSED when it is retired, or linked to
   that ticket already. */
SVC_PUBLIC int svc_article_link(struct svc_desk *desk, int64_t article, int64_t ticket, struct svc_error *err);

struct svc_article_query {
	const char *words; /* parted by spaces; the beginning of a Latin word is enough, Chinese needs no spaces */
	const char *product, *component; /* NULL: any */
	bool all; /* drafts and retired ones, too */
	int64_t limit; /* 0: none */
};
struct svc_article_found {
	const struct svc_record *article;
	const char *snippet; /* a piece of its text with what was found in [brackets] */
};
/* The best first: the articles that hold all words; when none does, those that hold some. Valid during the call; other than 0 stops. */
typedef int (*svc_article_seen)(void *context, const struct svc_article_found *found);
SVC_PUBLIC int svc_article_search(struct svc_desk *desk, const struct svc_article_query *query, svc_article_seen seen,
				  void *context, struct svc_error *err);

#ifdef __cplusplus
}
#endif
#endif
