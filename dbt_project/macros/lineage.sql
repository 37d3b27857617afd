{# Each table and each table it reads, as tuples for `values`: table, its layer, upstream
   table, its layer, its feed or an empty text. Sorted, so that every build of the same code
   makes the same rows. A source is a table of a feed, of the lake's receipts or of the
   ledger. #}
{% macro lineage_rows() %}
    {%- set edges = [] -%}
    {#- While dbt parses, the graph is empty. -#}
    {%- for node in (graph.nodes.values() if execute else []) if node.resource_type == 'model' -%}
        {%- for upstream_id in node.depends_on.nodes -%}
            {%- set upstream = graph.nodes.get(upstream_id) or graph.sources[upstream_id] -%}
            {%- if upstream.resource_type == 'seed' -%}
                {%- set place = ['seeds', ''] -%}
            {%- elif upstream.resource_type == 'model' -%}
                {%- set place = [upstream.fqn[1], ''] -%}
            {%- elif upstream.source_name in ['lake', 'ledger'] -%}
                {%- set place = [upstream.source_name, ''] -%}
            {%- else -%}
                {%- set place = ['lake', upstream.source_name] -%}
            {%- endif -%}
            {%- do edges.append([node.name, node.fqn[1], upstream.name] + place) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for edge in edges | sort %}
        ('{{ edge | join("', '") }}')
        {{- ',' if not loop.last }}
    {%- endfor %}
{% endmacro %}
