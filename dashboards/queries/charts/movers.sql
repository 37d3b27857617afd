-- One row per title that moved most, from the first place.

with

movers as (

    select
        movers.*,
        case
            when $ranked_by = 'votes' then movers.new_vote_count
            when $ranked_by = 'down' then -movers.weighted_rating_change
            else movers.weighted_rating_change
        end as score
    from marts.rpt_rating_movers as movers
    inner join marts.rpt_top_titles as titles
        on movers.title_id = titles.title_id
    where
        titles.vote_count >= $min_votes
        and ($is_adult_shown or titles.is_adult is not true)
        and ($title_type is null or titles.title_type = $title_type)
        and ($genre is null or list_contains(titles.genres, $genre))
        and ($decade is null or titles.release_year // 10 * 10 = $decade)

),

-- In a chart of what rose, nothing fell.
ranking as (

    select
        row_number() over (order by score desc, vote_count desc, title_id asc) as place,
        title_id,
        imdb_title_id,
        primary_title,
        release_year,
        title_type,
        previous_rating_date,
        previous_rating_average,
        rating_average,
        rating_change,
        weighted_rating_change,
        vote_count,
        new_vote_count
    from movers
    where score > 0

)

select * from ranking
order by place
limit $page_size
