-- Films and their public, for both MovieLens and MovieTweetings: users keep to a genre they like.

create or replace macro draw(thing, purpose) as hash(thing, purpose, getvariable('seed'));
create or replace macro unit(drawn) as (drawn >> 11)::double / 9007199254740992.0;
create or replace macro pick(words, drawn) as
    getvariable(words)[1 + (drawn % len(getvariable(words)))::integer];

-- What MovieLens calls genres, of those that IMDb has.
create or replace macro renamed(genre) as
    case genre when 'Family' then 'Children' when 'Music' then 'Musical' else genre end;
create or replace macro movielens_genres(imdb_genres) as
    list_sort(list_distinct(list_filter(
        list_transform(string_split(imdb_genres, ','), lambda genre : renamed(genre)),
        lambda genre : genre in (
            'Action', 'Adventure', 'Animation', 'Children', 'Comedy', 'Crime', 'Documentary',
            'Drama', 'Fantasy', 'Film-Noir', 'Horror', 'Musical', 'Mystery', 'Romance', 'Sci-Fi',
            'Thriller', 'War', 'Western'
        )
    )));

-- "Quiet Lamp, The" is how a shelf has it.
create or replace macro shelved(title) as
    regexp_replace(title, '^(The|An|A|La|Le|Der|Die|Das|Il|El) (.+)$', '\2, \1');
create or replace macro movielens_title(title, original, start_year, end_year, is_series, drawn) as
    shelved(title)
    || if(original <> title, ' (' || shelved(original) || ')', '')
    || coalesce(
        ' (' || start_year
        || if(is_series, '–' || coalesce(end_year, ' '), '')
        || ')' || if(drawn % 97 = 0, ' ', ''),
        ''
    );

create table films as
with

known as (

    select
        tconst,
        primaryTitle as title,
        originalTitle as original,
        titleType,
        startYear,
        endYear,
        genres as imdb_genres,
        coalesce(movielens_genres(genres), []) as genres,
        averageRating::double as rating,
        coalesce(numVotes::bigint, 0) as vote_count,
        draw(tconst, 'film') as drawn
    from basics
    left join ratings_now using (tconst)
    where titleType in ('movie', 'tvMovie', 'tvMiniSeries') and isAdult = '0'

),

chosen as (

    select *, row_number() over (order by vote_count desc, drawn) as fame
    from known
    qualify fame <= getvariable('film_count')

)

select
    *,
    -- in no order that IMDb's ids have
    3 * row_number() over (order by draw(tconst, 'number'))
    - (drawn % 3)::bigint as movie_id,
    1 / pow(fame + 15, 0.7) as popularity,
    coalesce(rating, 6.2) / 2 as worth
from chosen;

create table tastes as
select taste, row_number() over (order by taste) - 1 as place
from (select distinct unnest(genres) as taste from films);

create or replace macro audience(purpose, user_count) as table
select
    user_id,
    taste,
    0.25 - ln(1 - unit(draw(user_id, purpose || ' activity')) + 1e-9) as activity,
    unit(draw(user_id, purpose || ' mood')) - 0.5 as mood,
    draw(user_id, purpose || ' start') as start_drawn
from range(1, user_count + 1) as numbers(user_id)
left join tastes
    on tastes.place = draw(user_id, purpose || ' taste') % (select greatest(count(*), 1) from tastes);

create or replace macro likes(taste, genres) as coalesce(list_contains(genres, taste), false);
create or replace macro chance(activity, popularity, is_liked) as
    least(0.9, getvariable('frequency') * activity * popularity * if(is_liked, 8, 1));

-- What each user says of the films they have seen, from 0 to 5; a slice of the users at a time.
create or replace macro opinions(purpose, public, from_user, to_user) as table
select
    user_id,
    movie_id,
    tconst,
    draw(movie_id, user_id) as drawn,
    start_drawn,
    greatest(0.0, least(5.0,
        worth + mood + if(likes(taste, genres), 0.7, -0.3)
        + 1.6 * (unit(draw(user_id * 1000003 + movie_id, purpose || ' whim')) - 0.5)
    )) as opinion
from query_table(public)
cross join films
where user_id between from_user and to_user
    and unit(draw(user_id * 1000003 + movie_id, purpose || ' seen'))
        < chance(activity, popularity, likes(taste, genres));
