-- One row per title of one page of a ranking: its place, and its place by the published prior.

with

titles as (

    select
        title_id,
        vote_count,
        weighted_rating as published_rating,
        (vote_count * cast(rating_average as double) + $prior_votes * $prior_mean)
        / nullif(vote_count + $prior_votes, 0) as weighted_rating
    from marts.rpt_top_titles
    where
        vote_count >= $min_votes
        and ($is_adult_shown or is_adult is not true)
        and ($title_type is null or title_type = $title_type)
        and ($genre is null or list_contains(genres, $genre))
        and ($decade is null or release_year // 10 * 10 = $decade)

),

shown_titles as (

    select
        title_id,
        weighted_rating,
        case
            when $ranked_by = 'votes' then vote_count
            when $ranked_by = 'lowest' then -weighted_rating
            else weighted_rating
        end as score
    from titles
    order by score desc, vote_count desc, title_id asc
    limit $page_size offset $skipped_count

),

-- No row, and no work, while the prior is the published one.
published_places as (

    select
        title_id,
        row_number() over (
            order by
                case when $ranked_by = 'lowest' then -published_rating else published_rating end
                desc,
                vote_count desc,
                title_id asc
        ) as place
    from titles
    where $is_prior_changed and $ranked_by != 'votes'

),

ranking as (

    select
        $skipped_count + row_number() over (
            order by
                shown_titles.score desc,
                titles.vote_count desc,
                titles.title_id asc
        ) as place,
        titles.title_id,
        titles.imdb_title_id,
        titles.primary_title,
        titles.release_year,
        titles.title_type,
        titles.rating_average,
        titles.vote_count,
        shown_titles.weighted_rating,
        published_places.place as published_place
    from shown_titles
    inner join marts.rpt_top_titles as titles
        on shown_titles.title_id = titles.title_id
    left join published_places
        on shown_titles.title_id = published_places.title_id

)

select * from ranking
order by place
